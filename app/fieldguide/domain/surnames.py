"""Family names of East Asia: in hanzi with how they are said, and as they are spelt in Latin."""

from typing import Final

from fieldguide.domain.script import fold

_SINGLE: Final = """
王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao
林lin 何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao
肖xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 付fu 沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang
蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan 闫yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian
任ren 姜jiang 范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 陆lu 郝hao 孔kong 白bai
崔cui 康kang 毛mao 邱qiu 秦qin 江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 章zhang
钱qian 汤tang 尹yin 黎li 易yi 常chang 武wu 乔qiao 贺he 赖lai 龚gong 文wen 庞pang 樊fan 兰lan
殷yin 施shi 陶tao 洪hong 翟zhai 安an 颜yan 倪ni 严yan 牛niu 温wen 芦lu 季ji 俞yu 鲁lu 葛ge 伍wu
韦wei 申shen 尤you 毕bi 聂nie 丛cong 焦jiao 向xiang 柳liu 邢xing 路lu 岳yue 齐qi 梅mei 莫mo
庄zhuang 辛xin 管guan 祝zhu 左zuo 涂tu 谷gu 祁qi 时shi 舒shu 耿geng 牟mu 卜bu 詹zhan 关guan
苗miao 凌ling 费fei 纪ji 靳jin 盛sheng 童tong 欧ou 甄zhen 项xiang 曲qu 成cheng 游you 阳yang 裴pei
席xi 卫wei 查zha 屈qu 鲍bao 位wei 覃qin 霍huo 翁weng 隋sui 甘gan 景jing 薄bo 单shan 包bao 司si
柏bai 宁ning 柯ke 阮ruan 桂gui 闵min 解xie 强qiang 柴chai 华hua 车che 冉ran 房fang 边bian 楚chu
仇qiu 区ou 盖ge 缪miao 乐yue 冼xian 朴piao 虞yu 卓zhuo 褚chu 娄lou 窦dou 岑cen 饶rao 沙sha 滕teng
晏yan 党dang 宫gong 刁diao 池chi 米mi 代dai 巩gong 简jian 连lian 占zhan 瞿qu 張zhang 劉liu 陳chen
楊yang 趙zhao 黃huang 吳wu 孫sun 馬ma 羅luo 鄭zheng 謝xie 韓han 馮feng 許xu 蕭xiao 鄧deng 呂lv
蘇su 盧lu 蔣jiang 賈jia 葉ye 閻yan 鍾zhong 範fan 譚tan 鄒zou 陸lu 龍long 萬wan 錢qian 湯tang 賀he
賴lai 龔gong 蘭lan 顏yan 嚴yan 魯lu 韋wei 齊qi 關guan 費fei 項xiang 歐ou 喬qiao 顧gu 莊zhuang
"""
_DOUBLE: Final = """
欧阳ouyang 司马sima 上官shangguan 诸葛zhuge 司徒situ 东方dongfang 皇甫huangfu 尉迟yuchi
公孙gongsun 慕容murong 令狐linghu 宇文yuwen 长孙zhangsun 端木duanmu 夏侯xiahou 独孤dugu
南宫nangong 申屠shentu 歐陽ouyang 司馬sima 諸葛zhuge 東方dongfang 尉遲yuchi 公孫gongsun
長孫zhangsun 獨孤dugu 南宮nangong
"""
_ELSEWHERE: Final = """
chan cheung chiu choi chow chu chung fung ho hui ip kwan kwok kwong lai lam lau law lee leung lui
mak mok ng siu tse tsui tsang wong yeung yip yiu yuen hsu hsieh tsai chang chien chiang liao lyu
tsao chou shih kim park pak jung jeong kang cho yoon yun jang shin seo kwon hwang song yoo hong
moon bae nguyen pham phan dang bui vo vu duong
"""


def _table(text: str) -> dict[str, str]:
    return {word.rstrip("abcdefghijklmnopqrstuvwxyz"): _said(word) for word in text.split()}


def _said(word: str) -> str:
    return "".join(letter for letter in word if letter.isascii()).replace("lv", "lü")


HANZI_SURNAMES: Final = _table(_SINGLE) | _table(_DOUBLE)
"""Family name in hanzi -> how it is said, without tones; other than the usual reading for some."""

LATIN_SURNAMES: Final = frozenset(
    {fold(said) for said in HANZI_SURNAMES.values()} | set(_ELSEWHERE.split()) | {"lyu", "lv"}
)
"""The same names as they are spelt, folded, and common spellings from beyond the mainland."""


def family_of_hanzi(name: str) -> str:
    """The family name at the start of a Chinese name: two characters for a double one, else one.

    A single character is a family name only when the table holds it: 李 of 李主任, never 红.
    """
    if name[:2] in HANZI_SURNAMES and len(name) >= 2:
        return name[:2]
    if len(name) == 1:
        return name if name in HANZI_SURNAMES else ""
    return name[:1]


def is_surname(word: str) -> bool:
    """Whether a word in Latin letters is a common family name of East Asia."""
    return fold(word) in LATIN_SURNAMES
