"""Drawings for the tests: what people would have others run, and what honest programs write."""

from __future__ import annotations

import base64
import io

from PIL import Image

SVG = 'xmlns="http://www.w3.org/2000/svg"'
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, attributes: str = "") -> str:
    return f'<svg {SVG} {LINK} viewBox="0 0 9 9" {attributes}>\n{inside}\n</svg>'


def picture(kind: str = "PNG", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "#336699").save(made, kind, **options)
    return made.getvalue()


def placed(kind: str) -> bytes:
    """Returns a photograph as a phone makes it that writes down where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (22.0, 23.0, 45.6), 3: "E", 4: (103.0, 27.0, 1.5)}
    return picture(kind, exif=exif)


def carried(raw: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"


#: What each would do, by the drawing and by what of it is told.
HARMFUL: dict[str, tuple[str, str]] = {
    "address between what looks like a comment in a style": (
        svg("""<g style='font-family:"/*";background:url(//a.vn/b.png);stroke:"*/"'/>"""),
        "/*",
    ),
    "address between what looks like a comment in a sheet": (
        svg("""<style>g{font-family:'/*';background:url(//a.vn/b.png);stroke:'*/'}</style>"""),
        "/*",
    ),
    "address between what looks like a comment in an attribute": (
        svg("""<g filter='"/*" url(//a.vn/b.svg#c) "*/"'/>"""),
        "/*",
    ),
    "script": (svg("<script>alert(1)</script>"), "<script"),
    "script under a prefix": (
        svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
        "<s:script",
    ),
    "script of XHTML": (
        svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
        "<h:script",
    ),
    "script by an address": (svg('<script href="data:text/javascript,alert(1)"/>'), "<script"),
    "script among the metadata": (svg("<metadata><script>alert(1)</script></metadata>"), "<script"),
    "script in a foreign namespace": (svg('<x:script xmlns:x="urn:x">alert(1)</x:script>'), "<x:script"),
    "script in an editor's element": (
        svg(
            '<i:a xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/">'
            '<h:script xmlns:h="http://www.w3.org/1999/xhtml"/></i:a>'
        ),
        "<h:script",
    ),
    "foreignObject": (svg("<foreignObject><p>a</p></foreignObject>"), "<foreignObject"),
    "foreignObject under a prefix": (
        svg('<q:foreignObject xmlns:q="http://www.w3.org/2000/svg"/>'),
        "<q:foreignObject",
    ),
    "an element's event": (svg('<g onload="alert(1)"/>'), "onload="),
    "the root's event": (svg("<g/>", 'onload="alert(1)"'), "onload="),
    "an event in capitals": (svg('<g ONLOAD="alert(1)"/>'), "ONLOAD="),
    "an event behind a slash": (svg('<g/onload="alert(1)"/>'), ""),
    "an event of the namespace of SVG": (
        svg('<g q:onload="alert(1)" xmlns:q="http://www.w3.org/2000/svg"/>'),
        "onload=",
    ),
    "an event of XML Events": (
        svg('<g v:event="load" xmlns:v="http://www.w3.org/2001/xml-events"/>'),
        "event=",
    ),
    "handler": (svg('<handler type="text/javascript">alert(1)</handler>'), "<handler"),
    "listener": (
        svg('<v:listener xmlns:v="http://www.w3.org/2001/xml-events" event="load"/>'),
        "<v:listener",
    ),
    "animate on href": (
        svg('<a><animate attributeName="href" values="javascript:alert(1)"/></a>'),
        "<a",
    ),
    "set on href": (
        svg('<use href="#a"><set attributeName="href" to="data:image/svg+xml,x"/></use>'),
        "<set",
    ),
    "animateTransform": (
        svg('<g><animateTransform attributeName="transform" onend="alert(1)"/></g>'),
        "<animateTransform",
    ),
    "a link": (svg('<a href="https://example.org/"><path d="M0 0h9"/></a>'), "<a"),
    "a link to a script": (svg('<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>'), "<a"),
    "an address of a script": (
        svg('<use xlink:href="javascript:alert(1)"/>'),
        'href="javascript:alert(1)',
    ),
    "an address with a blank line in it": (svg('<use href="java&#10;script:alert(1)"/>'), 'href="java'),
    "a drawing elsewhere": (
        svg('<use href="https://example.org/a.svg#a"/>'),
        'href="https://example.org/a.svg#a',
    ),
    "a drawing beside": (svg('<use href="khac.svg#a"/>'), 'href="khac.svg#a'),
    "a drawing on the computer": (svg('<image href="file:///etc/passwd"/>'), 'href="file:///etc/passwd'),
    "a picture elsewhere": (svg('<image href="//example.org/a.png"/>'), 'href="//example.org/a.png'),
    "a drawing in an address": (
        svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
        'href="data:image/svg+xml;base64,PHN2Zy8+',
    ),
    "a page in an address": (svg('<use href="data:text/html,x"/>'), 'href="data:text/html,x'),
    "a picture in use": (
        svg('<use href="data:image/png;base64,iVBORw0KGgo="/>'),
        'href="data:image/png;base64,iVBORw0KGgo=',
    ),
    "feImage": (svg('<filter id="a"><feImage href="https://example.org/"/></filter>'), "<feImage"),
    "a gradient elsewhere": (
        svg('<linearGradient href="https://example.org/#a"/>'),
        'href="https://example.org/#a',
    ),
    "iframe": (svg('<iframe xmlns="http://www.w3.org/1999/xhtml" src="//example.org"/>'), "<iframe"),
    "img of XHTML": (
        svg('<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>'),
        "<h:img",
    ),
    "audio": (svg('<h:audio xmlns:h="http://www.w3.org/1999/xhtml" src="//example.org"/>'), "<h:audio"),
    "a form of XHTML": (svg('<form xmlns="http://www.w3.org/1999/xhtml" action="/"/>'), "<form"),
    "embed": (svg('<embed src="x"/>'), "<embed"),
    "MathML": (svg('<math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:1"/>'), "<math"),
    "a colour from elsewhere": (
        svg('<path fill="url(https://example.org/#a)" d="M0 0"/>'),
        "url(https://example.org/#a)",
    ),
    "a colour from elsewhere in other letters": (
        svg(r'<path fill="u\72 l(https://example.org/)" d="M0 0"/>'),
        "\\",
    ),
    "a style from elsewhere": (
        svg('<path style="fill: red; background: url(//example.org/a)"/>'),
        "url(//example.org/a)",
    ),
    "a style that names a script": (svg('<g style="-moz-binding: url(//example.org/a)"/>'), "url("),
    "an expression": (svg('<g style="width: expression(alert(1))"/>'), "expression("),
    "a set of images": (svg("<g style=\"background: image-set('//example.org/a' 1x)\"/>"), "image-set("),
    "an import": (svg("<style>@import url(//example.org/a.css);</style>"), "@import"),
    "an import in CDATA": (svg("<style><![CDATA[@import '//example.org/a.css';]]></style>"), "@import"),
    "an import behind a comment": (svg("<style>/* a */@/**/import '//example.org'</style>"), "@"),
    "a font from elsewhere": (
        svg("<style>@font-face{font-family:a;src:url(//example.org/a)}</style>"),
        "@font-face",
    ),
    "a rule with an address": (svg("<style>.a{fill:url(//example.org/a)}</style>"), "url(//"),
    "a rule with an address in other letters": (svg(r"<style>.a{fill:\75rl(//example.org)}</style>"), "\\"),
    "a rule that reads": (svg('<style>a[href^="x"]{fill:red}</style>'), "a[href"),
    "an element in a style": (svg("<style>a<style/>@import 'x'</style>"), "<style"),
    "link to a style": (
        svg('<link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" href="//example.org"/>'),
        "<link",
    ),
    "xml-stylesheet": (f'<?xml-stylesheet href="//example.org/a.xsl"?>\n{svg("")}', "<?xml-stylesheet"),
    "an entity": (f'<!DOCTYPE svg [<!ENTITY a "b">]>\n{svg("<title>&a;</title>")}', "<!DOCTYPE"),
    "an entity on the computer": (
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n{svg("<title>&a;</title>")}',
        "<!DOCTYPE",
    ),
    "entities that grow": (
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        f'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>\n{svg("<title>&c;</title>")}',
        "<!DOCTYPE",
    ),
    "an attribute by a DTD": (
        f'<!DOCTYPE svg [<!ATTLIST g onload CDATA "alert(1)">]>\n{svg("<g/>")}',
        "<!DOCTYPE",
    ),
    "a DTD elsewhere": (f'<!DOCTYPE svg SYSTEM "https://example.org/a.dtd">\n{svg("")}', "<!DOCTYPE"),
    "an entity of a DTD elsewhere": (
        f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">\n{svg("<title>&a;</title>")}',
        "&a;",
    ),
    "another encoding": (
        f'<?xml version="1.0" encoding="UTF-7"?>\n{svg("+ADw-script+AD4-")}',
        'encoding="UTF-7"',
    ),
    "letters of another encoding": (
        f'<?xml version="1.0" encoding="ISO-2022-JP"?>\n{svg("<title>ă</title>")}',
        'encoding="ISO-2022-JP"',
    ),
    "another base": (
        svg('<g xml:base="https://example.org/"><use href="#a"/></g>'),
        "base=",
    ),
    "an unknown attribute": (svg('<g src="//example.org"/>'), "src="),
    "a size of nothing": (f'<svg {SVG} viewBox="0 0 0 9"/>', 'viewBox="0 0 0 9"'),
    "a size that is none": (f'<svg {SVG} viewBox="0 0 1.2.3 9"/>', 'viewBox="0 0 1.2.3 9"'),
}

#: Ten shapes, ten times, ten times …
LAUGHS = "".join(
    f'<g id="a{level}">{f"<use href={chr(34)}#a{level - 1}{chr(34)}/>" * 10}</g>' for level in range(1, 10)
)
HEAVY = {
    "parts that stand for parts": svg(f'<defs><path id="a0"/>{LAUGHS}</defs><use href="#a9"/>'),
    "a part within itself": svg('<g id="a"><use href="#a"/></g>'),
    "two parts within each other": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "masks of masks": svg(
        "".join(
            f'<mask id="m{n}">{f"<path mask={chr(34)}url(#m{n - 1}){chr(34)}/>" * 10}</mask>'
            for n in range(1, 10)
        )
        + '<mask id="m0"><path/></mask><path mask="url(#m9)"/>'
    ),
    "groups in groups": svg("<g>" * 300 + "</g>" * 300),
    "a long chain": svg(
        "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(200)) + '<g id="c200"/>'
    ),
}
BROKEN = {
    "no drawing": "<html><body>404</body></html>",
    "a drawing without its namespace": '<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>',
    "a drawing cut off": svg("<path d='M0 0")[:-10],
    "an end that does not fit": svg("<g></path>"),
    "words": "đây là hình",
    "an attribute twice": svg('<g id="a" id="b"/>'),
    "an entity that is not there": svg("<title>&nbsp;</title>"),
    "two drawings": svg("") + svg(""),
    "a prefix that is not there": svg("<x:g/>"),
}

_ADOBE = 'xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/"'
#: What programs write that people draw with, by program.
HONEST = {
    "Inkscape": f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="210mm" height="297mm" viewBox="0 0 210 297" version="1.1" id="svg5" xml:space="preserve"
   inkscape:version="1.3.2 (091e20e, 2023-11-25)" sodipodi:docname="nguon-nuoc.svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" {SVG}
   xmlns:svg="http://www.w3.org/2000/svg" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:document-units="mm">
    <inkscape:grid type="xygrid" id="grid1"/></sodipodi:namedview>
  <metadata id="m"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
    <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF></metadata>
  <defs id="defs2"><linearGradient id="g1" inkscape:collect="always"><stop offset="0"
    style="stop-color:#0000ff;stop-opacity:1"/></linearGradient></defs>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1"
     inkscape:export-filename="/home/lan/hinh.png">
    <path style="fill:url(#g1);stroke:#000;stroke-width:.26;-inkscape-stroke:none;paint-order:stroke fill"
      d="M 10,20 C 30,40 50,60 70,80 Z" sodipodi:nodetypes="cc" id="p1"/>
    <text xml:space="preserve" style="font-size:10px;-inkscape-font-specification:'sans-serif, Normal';
      font-family:sans-serif;white-space:pre;inline-size:50"><tspan sodipodi:role="line" x="1"
      y="2">Nguồn nước</tspan></text>
  </g>
</svg>""",
    "Inkscape, plain": f"""<svg width="10" height="10" viewBox="0 0 10 10" version="1.1" id="svg1" {SVG}
   xmlns:svg="http://www.w3.org/2000/svg"><defs id="defs1"/><g id="layer1" transform="translate(-9,-8)">
   <rect style="fill:#ff0000;fill-rule:evenodd;stroke-width:0.26;mix-blend-mode:multiply" id="rect1"
   width="5" height="5" x="1" y="1" ry="1" clip-path="url(#c)"/></g></svg>""",
    "Inkscape of old, under a prefix": """<svg:svg xmlns:svg="http://www.w3.org/2000/svg"
  viewBox="0 0 9 9"><svg:g><svg:path d="M0 0h9v9z"/></svg:g></svg:svg>""",
    "Illustrator": f"""<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" {SVG} {LINK} x="0px" y="0px" viewBox="0 0 595.28 841.89"
   style="enable-background:new 0 0 595.28 841.89;" xml:space="preserve">
<style type="text/css">
	.st0{{fill:#E30613;stroke:#000000;stroke-miterlimit:10;}}
	.st1{{font-family:'MyriadPro-Regular';}} .st2{{clip-path:url(#SVGID_2_);}}
</style>
<g id="a"><rect x="1" y="1" class="st0" width="9" height="9"/></g>
<text transform="matrix(1 0 0 1 10 20)" class="st1">Chợ</text></svg>""",
    "Illustrator, for the web": f"""<svg id="Layer_1" data-name="Layer 1" {SVG} viewBox="0 0 100 100">
<defs><style>.cls-1, .cls-2 {{ fill: none; stroke-width: 0px; }} .cls-2 {{ opacity: .5; isolation: isolate }}
</style><radialGradient id="rg" cx="50" cy="50" r="50" gradientUnits="userSpaceOnUse"><stop offset="0"
stop-color="#fff"/></radialGradient></defs><circle class="cls-1" cx="50" cy="50" r="40"/></svg>""",
    "Illustrator, with its own": f"""<svg {SVG} {_ADOBE} viewBox="0 0 9 9"
enable-background="new 0 0 9 9"><switch><g i:extraneous="self"><path d="M0 0h9"/></g></switch>
<i:pgf id="adobe_illustrator_pgf">eJzNfQ==</i:pgf></svg>""",
    "LibreOffice Draw": f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.2" width="210mm" height="297mm" viewBox="0 0 21000 29700"
 preserveAspectRatio="xMidYMid" fill-rule="evenodd" stroke-width="28.222" stroke-linejoin="round" {SVG}
 xmlns:ooo="http://xml.openoffice.org/svg/export" {LINK}
 xmlns:presentation="http://sun.com/xmlns/staroffice/presentation"
 xmlns:smil="http://www.w3.org/2001/SMIL20/" xmlns:anim="urn:oasis:names:tc:opendocument:xmlns:animation:1.0"
 xml:space="preserve">
 <defs class="ClipPathGroup"><clipPath id="c" clipPathUnits="userSpaceOnUse"><rect x="0" y="0"
  width="21000" height="29700"/></clipPath></defs>
 <defs><font id="EmbeddedFont_1" horiz-adv-x="2048"><font-face font-family="Liberation Sans embedded"
  units-per-em="2048" ascent="1852"/><missing-glyph horiz-adv-x="2048" d="M 0,0 Z"/><glyph unicode="a"
  horiz-adv-x="9" d="M 5 7 Z"/></font></defs>
 <defs class="TextShapeIndex"><g ooo:slide="id1" ooo:id-list="id3"/></defs>
 <g class="Page"><g class="com.sun.star.drawing.CustomShape"><g id="id3"><rect class="BoundingBox"
  stroke="none" fill="none" x="1" y="1" width="9" height="9"/><path fill="rgb(114,159,207)" stroke="none"
  d="M 1,1 L 9,9 Z"/><text class="SVGTextShape"><tspan class="TextParagraph"><tspan font-family="Liberation
  Sans, sans-serif" font-size="635px" font-weight="400"><tspan class="TextPosition" x="1" y="2"><tspan
  fill="rgb(0,0,0)" stroke="none">Bản</tspan></tspan></tspan></tspan></text></g></g></g></svg>""",
    "Figma": f"""<svg width="24" height="24" viewBox="0 0 24 24" fill="none" {SVG} {LINK}>
<g clip-path="url(#clip0_1_2)" filter="url(#filter0_d)"><path fill-rule="evenodd" clip-rule="evenodd"
d="M12 2L2 7" fill="url(#paint0_linear)" fill-opacity="0.5"/><mask id="mask0" style="mask-type:luminance"
maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24"><rect width="24" height="24"
fill="white"/></mask><g style="mix-blend-mode:multiply"><rect fill="url(#pattern0)"/></g></g><defs>
<filter id="filter0_d" x="0" y="0" width="32" height="32" filterUnits="userSpaceOnUse"
color-interpolation-filters="sRGB"><feFlood flood-opacity="0" result="BackgroundImageFix"/>
<feColorMatrix in="SourceAlpha" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0"/>
<feOffset dy="4"/><feGaussianBlur stdDeviation="2"/><feBlend mode="normal" in2="BackgroundImageFix"/></filter>
<pattern id="pattern0" patternContentUnits="objectBoundingBox" width="1" height="1"><use
xlink:href="#image0" transform="scale(0.01)"/></pattern><linearGradient id="paint0_linear" x1="1" y1="2"
x2="3" y2="4" gradientUnits="userSpaceOnUse"><stop stop-color="#fff"/></linearGradient><clipPath
id="clip0_1_2"><rect width="24" height="24" fill="white"/></clipPath><image id="image0" width="8"
height="8" preserveAspectRatio="none" xlink:href="{carried(picture())}"/></defs></svg>""",
    "Word and PowerPoint": f"""<svg width="960" height="720" {SVG} {LINK} overflow="hidden"><defs>
<clipPath id="clip0"><rect x="160" y="0" width="960" height="720"/></clipPath></defs><g
clip-path="url(#clip0)" transform="translate(-160 0)"><image width="8" height="8"
xlink:href="{carried(picture("JPEG"), "jpeg")}" preserveAspectRatio="none"/><text font-family="Times New
Roman,Times New Roman_MSFontService,sans-serif" font-weight="400" font-size="24"
transform="matrix(1 0 0 1 10 20)">Họp bản<tspan font-size="24" x="9" y="0">!</tspan></text><path
d="M1 2C3 4 5 6 7 8" stroke="#2F528F" stroke-width="1.33" stroke-miterlimit="8" fill="#4472C4"
fill-rule="evenodd"/></g></svg>""",
    "CorelDRAW": f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- Creator: CorelDRAW X7 -->
<svg {SVG} xml:space="preserve" width="50mm" height="50mm" version="1.1"
style="shape-rendering:geometricPrecision; text-rendering:geometricPrecision; fill-rule:evenodd"
viewBox="0 0 5000 5000" {LINK} xmlns:xodm="http://www.corel.com/coreldraw/odm/2003">
 <defs><style type="text/css"><![CDATA[ .str0 {{stroke:#373435;stroke-width:20}} .fil0 {{fill:none}}
 ]]></style></defs><g id="Layer_x0020_1"><metadata id="CorelCorpID_0Corel-Layer"/><polygon class="fil0 str0"
 points="1,2 3,4 5,6"/></g></svg>""",
    "Sketch": f"""<svg width="9px" height="9px" viewBox="0 0 9 9" version="1.1" {SVG} {LINK}
xmlns:sketch="http://www.bohemiancoding.com/sketch/ns"><title>Nhà</title><desc>Created with Sketch.</desc>
<g id="Page-1" stroke="none" sketch:type="MSPage"><use fill="black" xlink:href="#path-1"
xlink:type="simple"/></g><defs><path d="M0,0" id="path-1"/></defs></svg>""",
    "Affinity": f"""<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg width="100%" height="100%" viewBox="0 0 800 600"
version="1.1" {SVG} {LINK} xml:space="preserve" xmlns:serif="http://www.serif.com/"
style="fill-rule:evenodd;clip-rule:evenodd;stroke-linejoin:round;stroke-miterlimit:2;"><g
serif:id="Nha san" transform="matrix(1,0,0,1,-3,0)"><path d="M1,2" 
style="fill:rgb(235,235,235);"/></g></svg>""",
    "Visio": f"""<svg {SVG} {LINK} xmlns:ev="http://www.w3.org/2001/xml-events"
xmlns:v="http://schemas.microsoft.com/visio/2003/SVGExtensions/" width="4in" height="3in"
viewBox="0 0 288 216" xml:space="preserve" color-interpolation-filters="sRGB" class="st2">
<v:documentProperties v:langID="1033"/><style type="text/css"><![CDATA[ .st1
{{fill:#5b9bd5;stroke:#c8c8c8;stroke-width:0.25}} ]]></style><g v:mID="0" v:index="1"
v:groupContext="foregroundPage"><title>Trang 1</title><rect class="st1" width="9" height="9"/></g></svg>""",
    "matplotlib": f"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg {LINK} width="460pt" height="345pt" viewBox="0 0 460 345" {SVG} version="1.1"><metadata><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata><defs><style type="text/css">*{{
stroke-linejoin: round; stroke-linecap: butt}}</style></defs><g id="figure_1"><path d="M 0 0" style="fill:
#ffffff"/><use xlink:href="#m1" x="1" y="2" style="stroke: #000000"/></g></svg>""",
    "an icon": f"""<svg {SVG} width="24" height="24" viewBox="0 0 24 24" role="img" aria-label="Nước"
focusable="false" fill="currentColor" class="bi bi-droplet"><title>Nước</title><path d="M0 0h24v24H0z"
fill="none"/><path vector-effect="non-scaling-stroke" d="M12 2"/></svg>""",
}
