"""Words by which a line about a person is understood: English, French, German, Spanish, Italian,
Russian and Chinese. Latin and Cyrillic words are written as ``fold`` leaves them, without dots.
"""

import re
from typing import Final

from fieldguide.domain.script import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


FAR_LETTER: Final = r"[^\W\d_A-Za-zÀ-ɏА-яё]"
"""A letter that is not Latin or Cyrillic, so mostly hanzi, whose range is slow to prepare."""

TITLES: Final = _words("""
ceo cto cfo coo cso cmo cio cbo gm md vp evp svp avp president chairman chairwoman chair
chairperson director manager head chief officer founder cofounder partner owner principal engineer
scientist researcher professor lecturer fellow physician surgeon nurse analyst consultant advisor
adviser assistant associate secretary coordinator supervisor specialist executive representative
delegate consul cónsul konsul console ambassador minister mayor governor commissioner dean provost
registrar curator intern trainee student technician interpreter translator charge lawyer attorney
counsel account accountant buyer editor journalist reporter inspector reviewer auditor planner
developer designer architect lead leader treasurer spokesperson member investor pharmacist chemist
biologist physicist statistician postdoc deputy senior vice cardiologist oncologist radiologist
guide driver officer pdg dg dga directeur directrice présidente gérant gérante responsable chef
cheffe chargé chargée ingénieur ingénieure chercheur chercheuse professeur professeure médecin
chirurgien chirurgienne pharmacien pharmacienne interprète traducteur traductrice avocat avocate
attaché attachée conseiller conseillère consultante assistante adjoint adjointe secrétaire
stagiaire étudiant étudiante doctorant doctorante délégué déléguée fondateur fondatrice associé
associée acheteur acheteuse technicien technicienne maire ministre préfet ambassadeur ambassadrice
rédacteur rédactrice journaliste doyen doyenne beirat aufsichtsrat vorstand vorsitzende
vorsitzender vorstandsvorsitzende vorstandsvorsitzender prokurist prokuristin referentin
sachbearbeiter sachbearbeiterin wissenschaftler wissenschaftlerin forscher forscherin dolmetscher
dolmetscherin übersetzer übersetzerin professorin sekretär sekretärin praktikant praktikantin
werkstudent doktorand doktorandin gründer gründerin gesellschafter gesellschafterin inhaber
inhaberin einkäufer einkäuferin verkäufer verkäuferin fahrer fahrerin händler händlerin lieferant
pfleger pflegerin krankenschwester mechaniker informatiker informatikerin physiker physikerin
chemiker chemikerin biologe biologin mediziner medizinerin jurist juristin lehrer lehrerin dozent
dozentin betreuer betreuerin techniker technikerin apotheker apothekerin anwalt anwältin assistenz
leitung geschäftsleitung zuständig verantwortlich bürgermeister bürgermeisterin botschafter
botschafterin ministerin geschäftsführung stellv stellvertretende stellvertretender kaufmann
kauffrau dezernent dezernentin gerente gerenta directora subdirector subdirectora presidente
presidenta vicepresidente vicepresidenta jefe jefa investigador investigadora profesor profesora
ingeniero ingeniera consultor consultora asesor asesora becario becaria traductor traductora
abogado abogada secretario secretaria coordinador coordinadora encargado encargada socio socia
fundador fundadora consejero consejera delegado delegada comprador compradora alcalde alcaldesa
ministro ministra embajador embajadora catedrático catedrática farmacéutico farmacéutica enfermera
enfermero periodista representante directivo directiva intérprete direttore direttrice delegato
delegata amministratore amministratrice responsabile primario ricercatore ricercatrice professore
professoressa medico medica ingegnere consulente interprete traduttore traduttrice avvocato
segretario segretaria tirocinante stagista fondatore fondatrice titolare capo coordinatore
coordinatrice addetto addetta dirigente referente sindaco ambasciatore farmacista giornalista
incaricato incaricata assessore vicedirettore vicedirettrice impiegato impiegata директор
заместитель зам начальник начальница руководитель менеджер инженер врач главврач профессор доцент
сотрудник сотрудница специалист консультант советник секретарь президент председатель основатель
владелец учредитель переводчик переводчица юрист бухгалтер стажёр студент студентка аспирант
аспирантка заведующий заведующая зав министр мэр депутат посол консул атташе редактор журналист
представитель партнёр лаборант исследователь учёный генеральный исполнительный коммерческий
эксперт expert experte expertin experto experta esperto esperta resp
технический ответственный ответственная старший старшая младший младшая ведущий ведущая хирург
""")
"""Words that make a piece a title when they stand first or last in it."""

TITLE_ENDINGS: Final = re.compile(
    r".{2,}(?:leiter|fuhrer|arzt|ingenieur|berater|referent|beauftragte|beauftragter|assistent"
    r"|direktor|manager|chef|prasident|директор|президент|врач)(?:in)?$|direktor(?:in)?$"
    r"|(?:leiter|arzt|berater|referent|assistent|prasident)(?:in)?$|arztin$|.{2,}arztin$"
)
SHORT_TITLES: Final = frozenset({"ceo", "cto", "cfo", "coo", "cso", "cmo", "gm", "md", "vp", "pdg"})
"""Titles that end a name even where nothing parts them from it."""

LEGAL_FORMS: Final = _words("""
ltd limited inc incorporated corp corporation llc llp plc gmbh ag kg kgaa ohg ug se eu ev mbh ggmbh
sarl sas sasu sa sca snc eurl gie scop spa srl srls sapa sl slu sau cv bv nv oy ab aps pte pvt pty
mbb kk ооо ао оао зао пао ип фгбу нко co cie
""")
LEGAL_STARTS: Final = _words("ооо ао оао зао пао ип фгбу нко ltda")
"""Legal forms that stand before the name; the others stand behind it."""

ORGANISATIONS: Final = _words("""
hospital clinic university college school faculty institute academy laboratory laboratories labs
lab center centre park cluster foundation association chamber ministry agency authority
administration bureau committee commission council consulate embassy society cooperative bank fund
ventures capital partners pharma pharmaceuticals pharmaceutical biotech biosciences therapeutics
diagnostics devices medical medtech technologies technology systems solutions sciences group
holding holdings consortium network incubator accelerator company factory plant hotel associates
industries instruments biologics genomics usine laboratoires hôpital hôpitaux clinique chu chru
université école faculté institut académie laboratoire parc fondation chambre ministère agence
consulat ambassade mairie société banque fonds groupe grappe pôle fabrik werk generalkonsulat
klinik klinikum krankenhaus spital universität hochschule fakultät akademie labor zentrum stiftung
verband verein kammer ministerium agentur konsulat botschaft rathaus gesellschaft gruppe verlag
werke werkzeug medizintechnik technik sensorik fábrica laboratorios clínica universidad escuela
facultad instituto academia laboratorio centro parque fundación asociación cámara ministerio
agencia consulado embajada ayuntamiento sociedad cooperativa banco grupo fabbrica officine
laboratori cabinet ospedale policlinico università scuola facoltà istituto accademia parco
fondazione associazione camera ministero agenzia consolato ambasciata comune società banca gruppo
studio farmacia больница клиника поликлиника университет институт академия лаборатория центр завод
компания фонд агентство банк группа парк корпорация ассоциация палата посольство консульство
комитет администрация школа общество нии министерство холдинг фирма startup start-up стартап
restaurant restaurante ristorante ресторан grup uni tu fh eth epfl ditta empresa entreprise zone
district province region regione gemeinde ville technopark технопарк бюро журнал газета минздрав
минпромторг торгпредство институция biopark newspaper magazine news hotels surgical robotics
dynamics therapeutic imaging dental orthopaedics orthopedics networks healthcare consulting
logistics software clinics conseil consultores asociados
""")

DEPARTMENTS: Final = _words("""
dept department division reception recepción réception empfang rezeption section unit team affairs
development research relations procurement bd qa purchasing logistics finance marketing sales
promotion compliance communications strategy hr legal quality production operations r&d rd
département service direction achats ventes recherche développement unité abteilung bereich referat
vertrieb einkauf entwicklung forschung f&e personal produktion departamento servicio sección área
dirección gerencia unidad compras ventas secteur settore direzione dipartimento reparto ufficio
unità acquisti vendite ricerca кафедра отдел отделение департамент управление сектор
""")
PARTS_OF_ONE: Final = _words("""
institute institut instituto istituto институт faculty faculté fakultät facultad facoltà school
école escuela scuola laboratory laboratoire labor laboratorio лаборатория lab center centre zentrum
centro центр clinic clinique klinik clínica клиника chair lehrstuhl
""")
"""Words of an organisation that name a department once the organisation is known."""

DEPARTMENT_ENDINGS: Final = re.compile(
    r".{2,}(?:medicina|ingenieria|ingegneria|engenharia|engineering|technik|informatik|physics|physik"
    r"|logy|logie|logia|логия|физика|химия|медицина|хирургия|фармация|ologie|surgery|chirurgie|chirurgia|medicine|medizin|ung)$"
)
"""Ends of a single word that names a field of work, as folded."""

ZH_TITLE: Final = re.compile(
    "(?:经理|总裁|董事长?|总监|主任|主管|[院校所局处科部厅司市区镇县省会组站厂店行台队班团]长|书记|秘书长?"
    "|理事长?|主席|专家|科学家|工程师|研究员|研究生|[医药]师|医生|护士长?|药剂师|顾问|助理|专员|代表|讲师"
    "|教授|合伙人|创始人|负责人|翻译|律师|会计|参赞|领事|大使|参事|干事|调研员|巡视员|审评员|检查员"
    "|^(?:负责|分管|主管).+|.员|司机|前台|客服|学者|主编|(?:设计|分析|咨询|规划|培训|会计|技|教)师|实习生|学生|记者|编辑|执行官|技术官|(?:投资|发言|经纪|联系)人|财务官|运营官|总工|老板|总|博士后|院士|导师|C[ETFOSM]O|VP|GM)$"
)
ZH_HONORIFIC: Final = re.compile("(?:教授|博士|先生|女士|小姐|太太|老师|夫人)$")
ZH_NAMED_TITLE: Final = re.compile(
    "(?:副?总经理|副?总裁|董事长|总监|副?经理|副?主任医师|副?主任|副?[院校所局处科部厅司市区会]长|书记"
    "|秘书长?|医生|律师|工程师|主席|总工|总)$"
)
"""Titles that follow a family name without a space, as in 李主任."""
ZH_ORGANISATION: Final = re.compile(
    "(?:公司|集团|医院|大学|学院|研究[所院]|中心|[园局厂厅署]|园区|委员会|管委会|[协学商工]会|基金会?|银行"
    "|事务所|实验室|领事馆|大使馆|政府|药业|医药|制药|生物|科技|医疗|器械|诊所|门诊部?|学校|出版社|报社"
    "|电视台|酒店|联盟|代表处|办事处|药企|孵化器|开发区|高新区|卫健委|药监局)(?:[（(][^）)]*[）)])?$"
)
ZH_OFFICE: Final = re.compile(
    "(?P<place>.+(?:管委会|委员会|政府|公司|集团|医院))(?P<office>.{2,8}[局处部科室办])"
)
"""An organisation and its office in one word."""
ZH_DEPARTMENT: Final = re.compile("(?:[部处室系课组]|(?<![生百])科|学院|研究所|中心|实验室)$")
ZH_HEAD: Final = re.compile(
    "(?P<place>.{3,}?)(?P<title>(?:联合|共同|执行|常务|高级|管理|名誉|副)*"
    "(?:创始人|合伙人|董事长|总裁|总经理|首席.{2}官|院长|所长|校长))"
)
"""Titles that are held of a whole organisation, whose name stands before them."""
ZH_BUSINESS: Final = re.compile(
    "(?:销售|采购|研发|市场|注册|质量|招商|法规|临床|人事|财务|法务|商务|行政"
    "|运营|物流|售后|客服|外联|公关|战略|维护|事务|合作|进出口|外贸|内销)$"
)
"""What a department does, where that stands for the department."""
ZH_FIELDS: Final = re.compile("(?:医疗|生物|医药|科技|器械|制药|药业|设备|技术|临床|产品|项目)+")
"""Fields of work, which no organisation is called by alone."""

HONORIFICS: Final = re.compile(
    r"(?:(?:pd(?=\s+dr)|priv\.?-?doz|dottoressa|dottore?|doctora|docteure|doktor|emerit(?:us|a)|dr\.?\s?ssa|dr\.?-\s?ing|[fh]r(?=\.)|mr|mrs|ms|miss|mx|sir|dame|mme|mlle|monsieur|madame|mademoiselle|docteur|maître|herr|frau"
    r"|sra|srta|sr(?!\.?\s(?:manager|engineer|scientist|vice|vp|consultant|analyst|specialist))|señora?|don(?=\s+doña)|doña|lic|sig\.?\s?ra|sig\.?\s?na|signora?|sig"
    r"|dott\.?\s?ssa|dott|prof\.?\s?ssa|avv|dipl\.?-?\s?ing|ing|mag|arch(?=\.)|m(?=\.)"
    r"|г-жа|г-н|господин|госпожа|д-р|доктор|проф|профессор|акад|академик"
    r"|dra|dr\.?\s(?:med|rer|phil|ing|h\.?\s?c)(?:\.\s?(?:nat|pol|dent|vet))?|dr|doctor"
    r"|(?:assoc|asst|associate|assistant)\.?\s?prof|dña|d\.(?=\s[A-ZÁÉÍÓÚ][a-zñáéíóú]+\s)"
    r"|professor|professeur|profesora?|professore(?:ssa)?|profa|prof|pr)(?:\.|(?=\s|$))\s*)+",
    re.IGNORECASE,
)
DEGREES: Final = re.compile(
    r"(?:Ph\.?\s?D\.?|MBA|M\.?Sc\.?|B\.?Sc\.?|D\.?Phil\.?|PharmD|LL\.?M\.?)$"
)
ARTICLES: Final = re.compile(r"^(?:la|le|l'|l’|el|il|lo|die|der|the)\s*(?=\w)", re.IGNORECASE)
PLACED: Final = re.compile(
    r"\s+(?:chez|bei|beim|presso|@|(?:at|en|from|an der|alla|all'|nella)(?=\s[A-ZÀ-Þ]))\s+"
)
"""Between a title and the organisation where it is held."""
MAYBE_PLACED: Final = re.compile(
    r"\s+(?:of|de|di|von|der|du|des|del|della|dell['’]|am|im|au|à la|à l['’]|al|в|во)\s?"
    r"(?<=[\s'’])(?=[A-ZÀ-ÞА-Я])"
)
"""The same when what follows is an organisation beyond doubt."""
NAME_PLACED: Final = re.compile(
    r"\s+(?:from|chez|de chez|bei|presso|@|из|aus der|von der"
    r"|(?:at|with|von|de la)(?=\s[A-ZÀ-Þ]{2}))\s+(?=\S)"
)
"""Between a name and the organisation of whom it is."""
OPENINGS: Final = re.compile(
    r"^\s*(?:(?:i |we |just |have |today |ai |j'ai |ho |he |hemos |я |мы |сегодня )*"
    r"(?:met(?: with)?|spoke (?:to|with)|talked (?:to|with)|introduced to|rencontré|rencontre avec"
    r"|discuté avec|getroffen:|gesprochen mit|traf|treffen mit|conocí a|conocimos a|hablé con"
    r"|incontrato|incontrata|parlato con|встретила?|встретились с|познакомил(?:ся|ась) с"
    r"|(?:meeting|call|chat|lunch|dinner|talk) with|entretien avec|réunion avec|gespräch mit"
    r"|termin mit|reunión con|charla con|riunione con|colloquio con|встреча с|разговор с"
    r"|this is|c'est|voici|das ist|este es|esta es|questo è|questa è|это)\s+"
    r"|(?:今天|刚)?(?:见了?|见到了?|认识了?|遇到了?)(?=[^\W\d_a-zà-ɏа-яё]{2})|(?:我是|我叫|这位是|这是)\s*)",
    re.IGNORECASE,
)
"""How a sentence begins that introduces somebody."""
CONNECTORS: Final = _words(
    "of and & de y e et du des di del della dei für fur und von for the la le les der die das и по"
)
"""Small words within titles and names of organisations."""
QUALIFIERS: Final = _words("""
vice deputy senior junior generale général générale international assistant associate general
managing executive acting regional global international national key account country area technical
clinical commercial scientific medical operating financial regulatory business project product
program programme zone export strategic stellv stellvertretende stellvertretender adjoint adjointe
vicepresidente
""")
"""Words that begin or continue a title."""
NO_NAME_STARTS: Final = _words("""
shanghai beijing suzhou china asia europe greater the a an our my new regional global national
""")
"""Capital words that begin other things than a name."""
HEADS: Final = _words("""
ceo cto cfo coo gm md pdg dg founder cofounder co-founder owner president chairman chairwoman
fondateur fondatrice cofondateur cofondatrice gérant gérante gründer gründerin mitgründer inhaber
inhaberin geschäftsführer geschäftsführerin fundador fundadora cofundador cofundadora gerente
presidente presidenta fondatore fondatrice cofondatore titolare основатель владелец президент
""")
"""Titles that are held of a whole organisation: what follows of is its name."""
PLACES: Final = _words("""
shanghai beijing suzhou shenzhen guangzhou hangzhou nanjing wuhan chengdu chongqing tianjin xian
wuxi kunshan foshan ningbo qingdao dalian changsha zhengzhou hefei fuzhou xiamen jinan shenyang
changzhou nantong wenzhou dongguan zhuhai kunming guiyang nanchang taiyuan harbin changchun
hongkong macau taipei tokyo osaka kyoto seoul busan singapore
bangkok hanoi jakarta
mumbai delhi bangalore sydney melbourne dubai london leeds manchester cambridge oxford edinburgh
dublin paris lyon grenoble lille marseille toulouse nantes bordeaux strasbourg nice genève geneva
lausanne zürich zurich basel bern wien vienna graz berlin münchen munich hamburg köln cologne
frankfurt stuttgart düsseldorf dresden leipzig heidelberg aachen nürnberg bruxelles brussels
amsterdam rotterdam utrecht copenhagen stockholm oslo helsinki madrid barcelona sevilla valencia
bilbao málaga lisboa lisbon porto roma rome milano milan torino turin bologna modena firenze
florence napoli genova padova verona trieste москва санкт-петербург петербург казань новосибирск
екатеринбург томск самара минск киев алматы lima bogotá quito santiago boston chicago houston
toronto montréal montreal vancouver mexico méxico china japan korea india france germany
deutschland spain españa italy italia russia россия switzerland schweiz suisse austria österreich
belgium netherlands portugal poland costa rica argentina perú peru colombia ecuador uruguay
brasil brazil canada usa uk england scotland wales ireland denmark sweden norway finland turkey
israel egypt india vietnam thailand malaysia indonesia philippines taiwan australia zealand kenya
nigeria romania hungary greece ukraine казахстан беларусь германия франция китай
""")
"""Cities and countries: where somebody is, not whom they work for."""
REGIONS: Final = (
    r"(?:(?:greater|south|north|east|west|southeast|northern|southern|central|mainland) )?"
    r"(?:china|asia|apac|emea|europe|americas|pacific|dach|benelux|mena|latam|row|chine|asie"
    r"|asien|europa|cina|китай|азия)(?: (?:pacific|north|south|east|west))?"
)
"""Parts of the world that a title is for."""

SPANISH: Final = re.compile(
    r"^sra?\b|\b(?:srta|dra|dña|doña|m[oó]vil|tfno|jef[ea]|compras|ventas|cl[ií]nica|empresa|gerente"
    r"|ingenier[oa]|ayuntamiento|c[aá]mara|universidad|laboratorios|fundador[a]?|ministerio"
    r"|consejer[oa]|médic[oa]|cirujan[oa]|investigador[a]?|técnic[oa]|subdirector[a]?|director[a]"
    r"|director (?:general|de|comercial|médico|del)|responsable de|hospital (?:universitario|de|la)"
    r"|espa[nñ]a|m[eé]xico|s\.l\.)(?!\w)|\+34\b|\+5[2-8]\b|ñ",
    re.IGNORECASE,
)
"""Words by which a line is Spanish: people have two family names there."""
REMARK_STARTS: Final = _words("""
met wants wanted has had is was will knows speaks spoke asked asks likes interested see call called
needs seeks looking sends sent promised introduced recommended helped very can could should
works worked lives comes coming visited visits offers offered studied thanks friend remember ask
nice friendly helpful via saw seen owes waiting about just now soon please plus maybe
rencontré rencontrée vu vue parle veut connaît doit cherche est sera viendra vient propose envoie
recommandé recommandée intéressé intéressée rappeler recontacter peut souhaite aime travaille
habite organise ami amie très déjà pas
getroffen kennt spricht möchte sehr muss soll kann braucht empfohlen kennengelernt
interessiert hat ist war wird schickt bietet arbeitet wohnt bitte nicht mag hilft
habla quiere conoce muy busca necesita tiene conocí conocido conocida recomendado recomendada debe
puede está interesado interesada manda trabaja vive prometió pidió nos
parla vuole cerca viene deve può conosce molto conosciuto conosciuta incontrato incontrata
consigliato raccomandato interessato interessata ha manda lavora chiede chiesto non
хочет говорит знает очень ищет просил просила познакомились познакомился встретились обещал обещала
нужен нужна нужно интересуется работает живет приедет может рекомендовал отлично свободно
позвонить написать прислать не был была есть
""")
"""Words in small letters with which a remark starts, whatever follows."""
ZH_REMARK: Final = re.compile(
    "^(?:会|在.+[识见遇]|[很想要有已请等曾说住待]|人(?=[很好])|上次|[昨今明]天|下周|通过|经|做.+的$|喜欢|需要"
    "|希望|可以|联系|记得|认识|见过)|[了吗吧呢没]|不(?=[会是在能要想])|[都也](?=[行会可是能])|(?:认识|介绍|加的|不错|流利|很好|热情|帮忙)的?$"
)
"""A remark in Chinese, by how it starts or ends."""
POST_NOMINALS: Final = _words("""
obe mbe cbe kbe frs frse frcp frcpath facs facc fesc freng ceng cpa cfa pmp dsc mphil mph beng
meng dds dvm msc bsc mba phd dphil pharmd llm acca fca esq
""")
"""Letters of honour, of a chamber or a degree behind a name."""
REMARKS: Final = re.compile(
    r"(?:met|spoke|talked|wants|wanted|has|is|was|will|knows|speaks|asked|likes|interested|see|call"
    r"|very|not|no|at|in|on|by|with|from|from|to|rencontrée?|vue?|parle|veut|connaît|à|au|dans|chez"
    r"|très|getroffen|kennt|spricht|will|möchte|sehr|aus|bei|mit|habla|quiere|conoce|muy|en|con"
    r"|parla|vuole|conosce|molto|a|al|alla|хочет|говорит|знает|очень|в|на|с|из)\b",
    re.IGNORECASE,
)
"""How a remark starts that is no title."""

LABELS: Final = {
    "mobile": r"mobile|mobil|mob|cell(?:ulare|phone)?|cel(?:ular)?|handy|natel|port(?:able)?"
    r"|m[oó]vil|моб(?:ильный)?|сот(?:овый)?|手机号?码?|移动电话",
    "fax": r"fax|télécopie|telefax|факс|传真",
    "phone": r"tfno|tlf|t[eé]l(?:[eé]phone|efono?|éfono)?|phone|ph|durchwahl|dw"
    r"|direct(?: line)?|office|büro|bureau|fixe|fijo|fisso|тел(?:ефон)?|电话号?码?|座机|固话"
    r"|办公电话",
    "email": r"e-?mail|mail|courriel|mél|correo(?: electrónico)?|posta(?: elettronica)?"
    r"|электронная почта|почта|эл\. ?почта|邮箱|电子邮[箱件]|邮件",
    "web": r"web(?:site|seite|page)?|site(?: web| internet)?|sito(?: web)?|homepage|internet"
    r"|página web|url|сайт|官网|网址|网站",
    "wechat": r"we ?chat(?:[- ]?id)?|weixin|wx|vx|вичат|微信(?:号|id)?",
    "qq": r"qq(?:号)?",
    "whatsapp": r"whats ?app|ватсап|вотсап",
    "telegram": r"telegram|телеграмм?|tg",
    "linkedin": r"linked ?in|领英",
    "instagram": r"instagram|insta|ig",
    "facebook": r"facebook|fb",
    "skype": r"skype|скайп",
    "weibo": r"weibo|微博",
    "xing": r"xing",
    "kakaotalk": r"kakao ?talk",
}
CAREFUL_LABELS: Final = {
    "line": r"LINE(?:[- ]?(?:id|ID))?|[Ll]ine ?(?:id|ID)|[Ll]ine(?=\s*:)",
    "signal": r"[Ss]ignal(?=\s*:)",
    "teams": r"[Tt]eams(?=\s*:)",
    "zoom": r"[Zz]oom(?=\s*:)",
    "mobile": r"(?:[MC](?=\s?[:+]|\s\d\d)|[mc](?=:))",
    "phone": r"(?:[TP](?=\s?[:+]|\s\d\d)|[tp](?=:))",
    "fax": r"(?:F(?=\s?[:+]|\s\d\d)|f(?=:))",
    "email": r"[Ee](?=\s?:)",
    "web": r"[Ww](?=\s?:)",
}
"""Labels that are ordinary words too: they count only when written just so."""
FIELD_LABELS: Final = {
    "name": r"name|nom|nombre|nome|имя|姓名|名字|contact|kontakt|contacto|contatto|контакт|联系人"
    r"|联络人",
    "title": r"title|position|poste|fonction|funktion|cargo|ruolo|должность|职务|职位|职称",
    "organisation": r"company|organi[sz]ation|société|entreprise|firma|empresa|azienda|компания"
    r"|организация|公司|单位|机构",
    "department": r"department|dept|service|abteilung|departamento|reparto|отдел|部门",
    "nickname": r"nickname|english name|英文名",
}
"""Labels of what a piece is, always followed by a colon."""
