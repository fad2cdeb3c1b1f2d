"""Invented records to search at size: Latin and Chinese names, the same ones every time."""

import random
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from db import search_index
from db.search_index import Searchable
from fieldguide.storage.guide_db import GuideDb
from fieldguide.storage.sqlite import connect_guide, transaction

SEED = 20130527
_HANZI = (
    "上海苏州张江浦东徐汇临港南京无锡泰杭宁波医院生物科技药业器械研究所中心大学园区公司仁济瑞金华山中"
    "信达恒君实再鼎复星药明康德联影微创百济神和元凯莱英泰格美迪西博腾昭衍睿智化学集团国际有限责任股份"
    "新民安东方明珠长春天坛友谊协和同新光明远大海正丽泽宏达永康利华德仁爱民健力诺凡科兴沃森智飞成"
)
_SYLLABLES = (
    "an ba bei bo cheng chu da de dong fang feng fu gao guang hai han he hong hua hui ji jia jian jin"
    " jing ju kang ke kun lan li lian lin long lu mei min ming nan ning ping qi qing ren rong rui san"
    " shan shen sheng shi shu song su tai tang tian tong wan wei wen wu xi xia xin xing xu yan yang ye"
    " yi ying yong you yu yuan yun ze zhang zhen zheng zhi zhong zhou zhu zi"
).split()
_ROOTS = (
    "alba bio cardio cell chem clin derm diag endo eco fluor gene gluco hemo immu kine lipo lumi medi"
    " micro nano neuro nova onco optic ortho osteo pharma phyto proto pulmo quant radi renal scan sino"
    " spectro stem synth thera thrombo toxi vaccin vaso vita xeno zymo"
).split()
_ENDS = "cor dex gen ia ics ix lab logic max med mune nix on ora pharm plex sys tec tis tron va via zen".split()
_NOUNS = (
    "Hospital Institute Park Biotech Laboratory Center Pharma Devices Diagnostics Holding University"
    " Association Office Bureau Clinic Company Network Fund Campus Station"
).split()
_BODY = (
    "antibody assay beds campus catheter cell clinical cluster contract cooperation delegate device"
    " discovery employees enzyme export factory filing fund genome hospital imaging implant import"
    " incubator innovation joint kidney license liver market membrane nano oncology partner patent"
    " peptide platform protein registration rent research safety sensor stroke supply surgery tenant"
    " therapy tissue trial vaccine venture visit workshop"
).split()


def records(count: int, seed: int = SEED) -> Iterator[Searchable]:
    """``count`` records, most important first."""
    rng = random.Random(seed)
    reading = {char: rng.choice(_SYLLABLES) for char in _HANZI}
    for number in range(1, count + 1):
        word = rng.choice(_ROOTS) + rng.choice(_ENDS)
        if rng.random() < 0.5:
            word += rng.choice(_ENDS)
        place = "".join(rng.choice(_SYLLABLES) for _ in range(2))
        title = f"{place.title()} {word.title()} {rng.choice(_NOUNS)}"
        zh = "".join(rng.choice(_HANZI) for _ in range(rng.randint(2, 8)))
        staff = rng.randint(10, 99_999)
        lines = (
            " ".join(rng.choice(_BODY) for _ in range(8)),
            f"Staff {staff:,}",
            " ".join(rng.choice(_BODY) for _ in range(5)),
        )
        yield Searchable(
            number,
            "organisation",
            f"r{number}",
            title,
            title_zh=zh,
            types=("company",),
            answer=lines[0],
            readings=(tuple(reading[char] for char in zh),),
            lines=lines,
        )


def build(path: Path, count: int) -> GuideDb:
    """Write the search tables of a guide of this size and open it as the program does."""
    conn = dbapi2.connect(str(path), isolation_level=None)
    conn.executescript(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -200000;"
        + search_index.TABLES
    )
    with transaction(conn):
        search_index.write(conn, records(count), [])
    conn.close()
    return GuideDb(connect_guide(path))


def typed(count: int, queries: int, seed: int = SEED + 1) -> list[str]:
    """Every state of the line while people type names, pinyin, hanzi, initials and body words."""
    rng = random.Random(seed)
    wanted = set(rng.sample(range(1, count + 1), queries))
    chosen = [one for one in records(count) if one.id in wanted]
    rng.shuffle(chosen)
    states = []
    for place, one in enumerate(chosen):
        syllables = one.readings[0]
        text = (
            one.title.lower(),
            one.title_zh,
            "".join(syllables),
            " ".join(syllables[:3]),
            "".join(syllable[0] for syllable in syllables),
            " ".join(one.lines[0].split()[:3]),
            _slip(one.title.lower(), rng),
            " ".join((one.title.split()[0].lower(), one.lines[0].split()[0])),
        )[place % 8]
        states += [text[:end] for end in range(1, len(text) + 1) if text[end - 1] != " "]
    return states


def _slip(text: str, rng: random.Random) -> str:
    at = rng.randrange(2, len(text) - 2)
    return text[:at] + text[at + 1 :]
