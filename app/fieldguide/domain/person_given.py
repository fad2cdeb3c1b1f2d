"""Given names that many bear in the languages of the lines about people."""

from typing import Final

from fieldguide.domain.script import fold

_GIVEN: Final = frozenset(
    fold(
        """
adam aidan alan alastair albert alex alexander alexandra alice alison amanda amy andrew angela anna
anne anthony arthur ashley barbara ben benjamin beth bill bob brenda brian bruce carol caroline
catherine charles charlotte chloe chris christian christine christopher claire clara colin craig
daniel darren dave david dawn deborah dennis diana donald doris dorothy douglas duncan edward
elaine eleanor elizabeth ella emily emma eric erin ethan evelyn fiona frances frank fred gareth
gary geoffrey george gerald gillian gordon grace graham greg hannah harold harry heather helen
henry hugh ian irene isaac isabel isla ivan jack jacob james jane janet jason jean jeff jennifer
jenny jeremy jessica jill jim joan joanna joe john jonathan joseph joshua joyce judith judy julia
julian julie justin karen kate katherine kathleen katie keith kelly kenneth kevin kim kyle laura
lauren leo leon lewis liam linda lisa louise lucas lucy luke lynn malcolm marcus margaret maria
marie mark martin mary matthew megan melissa michael michelle mike molly monica nancy naomi natalie
nathan neil nicholas nick nicola nigel noah oliver olivia oscar owen pamela patricia patrick paul
paula peter philip phoebe rachel ralph raymond rebecca richard robert robin roger ronald rory rose
roy russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean shane sharon simon
siobhan sophia sophie stella stephanie stephen steve steven stuart susan suzanne sylvia teresa
thomas tim timothy tina toby tom tony tracy valerie vanessa vera veronica victor victoria vincent
virginia vivian jackie cindy lily nancy angel coco candy daisy jerry johnny kitty leon peggy rita
sunny winnie yvonne eva emilie sharon cathy walter wayne wendy william zoe
adele agnès alain amélie antoine arnaud aurélie baptiste bastien béatrice benoît bernard bertrand
brigitte camille cécile cédric céline chantal christelle christophe claude clément corinne damien
delphine denis didier dominique élise élodie emmanuel estelle étienne fabien fabrice florence
florian franck françois françoise frédéric gabriel gaël geneviève gérard gilles guillaume hélène
henri hervé hugo isabelle jacques jérôme jocelyne joël julien karim laetitia laurence laurent loïc
luc mathieu maxime mireille mohamed monique morgane nadège nadia nathalie nicolas odile olivier
pascal philippe pierre quentin raphaël régis rémi renaud romain sabine sandrine sébastien serge
solène stéphane sylvain sylvie théo thérèse thibault thierry tristan valentin véronique vincent
xavier yann yves yvette
achim andrea andreas anja anke annegret annette antje axel bernd bettina birgit björn carsten
christa christoph claudia daniela detlef dieter dirk dominik elke felix florian franz frauke
friedrich fritz gerd gerhard gisela günter gudrun hans harald heike heiko heinz helga helmut holger
ilse ines ingo ingrid jan jens joachim jochen johannes jörg josef jürgen jutta kai karin karl
karsten katharina kathrin katja katrin kerstin klaus konrad kurt lars lena lothar lukas lutz
manfred manuela marco markus martina matthias michaela monika nina norbert olaf oskar petra rainer
ralf reinhard renate rita rolf rudolf rüdiger sebastian silke silvia stefan stefanie steffen susanne
sven tanja tatjana thorsten tobias torsten udo ulf ulrich ulrike ursula ute uwe volker werner
wilhelm wolfgang
adriana agustín alberto alejandra alejandro alfonso alicia álvaro ana andrés antonio arturo aurelio
beatriz begoña belén blanca carlos carmen carolina catalina cecilia clara concha consuelo cristina
diego dolores eduardo elena emilio enrique ernesto esteban esther eugenia eva fátima federico
felipe fernando francisca francisco gabriela gloria gonzalo guadalupe guillermo gustavo héctor
ignacio iker inés iñaki inmaculada irene isabel ismael jaime javier jesús joaquín jorge josé juan
juana lola lorena lorenzo lucía luis luz magdalena manuel marcela margarita marina mario marta
mateo mercedes miguel mónica montserrat natalia nuria óscar pablo paco paloma patricia pedro pilar
rafael ramón raquel raúl ricardo roberto rocío rodrigo rosa rosario rubén salvador santiago sergio
silvia sofía soledad susana teresa tomás valeria verónica vicente
alessandra alessandro alessia anna annalisa antonella barbara beatrice bruno carlo caterina chiara
claudio cristiano dario davide domenico elisa emanuela enrico enzo fabio federica filippo francesca
francesco franco gaetano giacomo gianluca gianni giada giorgia giorgio giovanna giovanni giulia
giulio giuseppe ilaria laura leonardo letizia lorenzo luca lucia luigi marcello maria massimo
matteo maurizio michela michele mirko nicola nicoletta paola paolo pietro raffaele riccardo roberta
rosanna salvatore serena simona simone stefania stefano tommaso umberto valentina vincenzo vito
adebayo ahmed ali amir anil anita arjun deepak fatima hassan hiroshi ibrahim kenji leila mahmoud
mehmet mei mustafa nadir omar priya rahul raj rajesh ravi sanjay sunil suresh vijay yasmin yuki
astrid bjorn erik gunnar gustaf hakan henrik ingmar johan katarzyna lars magnus marek mats mikael
niels nils ole pawel pekka piotr soren tomasz
александр александра алексей алина алла анастасия анатолий андрей анна антон аня артем борис вадим
валентин валентина валерий валерия варвара василий вера вероника виктор виктория виталий владимир
владислав вячеслав галина геннадий георгий григорий даниил дарья денис дмитрий евгений евгения
егор екатерина елена елизавета иван игорь илья инна ирина кирилл константин ксения лариса лев
леонид лидия любовь людмила максим маргарита марина мария михаил надежда наталья никита николай
нина оксана олег ольга павел петр полина раиса роман руслан светлана семен сергей станислав степан
тамара татьяна тимур федор эдуард элина юлия юрий яна ярослав
"""
    ).split()
)


def is_given(word: str) -> bool:
    """Whether a word, or the first half of one with a hyphen, is a given name that many bear."""
    folded = fold(word)
    return folded in _GIVEN or folded.partition("-")[0] in _GIVEN
