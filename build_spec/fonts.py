"""Cut the fonts in ``resources/fonts`` out of the fonts that they come from.

Run by hand, seldom: when a source font or the character set changes. It needs fonttools and
brotli, which the program does not, so give it an environment of its own outside the checkout:

    python3 -m venv ../fonts-env && ../fonts-env/bin/pip install fonttools==4.68.0 brotli
    npm pack inter-ui@4.1.1 && tar xf inter-ui-4.1.1.tgz
    apt-get download fonts-noto-cjk && dpkg-deb -x fonts-noto-cjk_*.deb noto
    ../fonts-env/bin/python build_spec/fonts.py \\
        --inter package/web --noto noto/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

The same inputs give the same bytes. The outcome is committed with the licence texts beside it.
"""

import argparse
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
SC_FACE = "Noto Sans CJK SC"
SC_NAME = "Noto Sans SC"
MAX_ERROR = 0.6  # of 1,000 units an em: unseen even on the largest driver card
INTER_WEIGHTS = ("Regular", "Medium", "SemiBold")
INTER_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "case", "tnum", "pnum", "zero"]
INTER_RANGES = (
    (0x0020, 0x024F),  # Latin with all its accents, pinyin tones among them
    (0x02B0, 0x036F),  # modifier letters and combining marks
    (0x0370, 0x03FF),  # Greek, for units and statistics
    (0x0400, 0x045F),  # Cyrillic names
    (0x1E00, 0x1EFF),  # Latin with two accents
    (0x2000, 0x20CF),  # punctuation, superscripts, currencies
    (0x2100, 0x22FF),  # letterlike signs, arrows, mathematics
    (0x25A0, 0x26FF),  # shapes
)
SC_RANGES = (
    (0x0020, 0x007E),
    (0x2010, 0x2027),  # dashes, quotes and the ellipsis between hanzi
    (0x3000, 0x3029),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE5),
)
SC_EXTRA = "甪喆堃昇淼珺祎翀赟镕頔栢珮荛璟玥彧燊瑄琮煊昊晗翯骉鑫囍〇㎡㎞㎏℃№①②③④⑤⑥⑦⑧⑨⑩"


def spans(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    """Every code point of the closed ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def gb2312() -> set[int]:
    """The 6,763 hanzi and the signs of GB 2312, without its kana and Cyrillic rows."""
    rows = (*range(0xA1, 0xA4), 0xA6, *range(0xB0, 0xF8))
    codes = set()
    for row in rows:
        for cell in range(0xA1, 0xFF):
            try:
                codes.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # the standard leaves some cells of a row empty
    return codes


def cut(font: TTFont, codes: set[int], features: list[str]) -> None:
    """Leave in ``font`` what draws ``codes``, with its metrics and the features named."""
    options = Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def straighten(font: TTFont) -> None:
    """Turn the cubic outlines of a CFF font into TrueType ones.

    Qt darkens the stems of CFF glyphs and blends them in another way: beside Inter, hanzi would
    look bold on a dark ground.
    """
    order, source = font.getGlyphOrder(), font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        source[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
        glyf.glyphs[name].recalcBounds(glyf)
    font["loca"], font["glyf"] = newTable("loca"), glyf
    for name in order:
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyf.glyphs[name], "xMin", 0))
    old = font["maxp"]
    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, old.numGlyphs
    maxp.maxZones = 1
    for unused in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, unused, 0)
    maxp.maxStackElements = maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"


def save(font: TTFont, target: Path) -> None:
    """Write an uncompressed font and say what it holds."""
    font.flavor = None
    font.save(target, reorderTables=True)
    print(f"{target.name}: {target.stat().st_size:,} bytes, {len(font.getBestCmap()):,} characters")


def rename(font: TTFont, family: str) -> None:
    """Give the subset a name of its own, so that a system's full font is never taken for it."""
    postscript = family.replace(" ", "") + "-Regular"
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = family
        elif record.nameID == 6:
            record.string = postscript


def main() -> None:
    """Cut all four fonts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inter", type=Path, required=True, help="folder of Inter-*.woff2")
    parser.add_argument("--noto", type=Path, required=True, help="NotoSansCJK-Regular.ttc")
    given = parser.parse_args()
    for weight in INTER_WEIGHTS:
        font = TTFont(given.inter / f"Inter-{weight}.woff2", recalcTimestamp=False)
        cut(font, spans(INTER_RANGES), INTER_FEATURES)
        save(font, FONTS / f"Inter-{weight}.ttf")
    faces = TTCollection(given.noto).fonts
    face = next(font for font in faces if font["name"].getDebugName(1) == SC_FACE)
    face.recalcTimestamp = False
    rename(face, SC_NAME)
    codes = gb2312() | spans(SC_RANGES) | {ord(letter) for letter in SC_EXTRA}
    cut(face, codes, ["kern", "ccmp"])
    straighten(face)
    save(face, FONTS / "NotoSansSC-Regular.ttf")


if __name__ == "__main__":
    main()
