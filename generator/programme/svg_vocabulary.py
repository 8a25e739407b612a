"""The elements, attributes and properties that a drawing may contain, and what editors add to them."""

from __future__ import annotations

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

ELEMENTS = frozenset(
    {
        *("circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer"),
        *("feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight"),
        *("feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge"),
        *("feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight"),
        *("feTile", "feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker", "mask"),
        *("path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg"),
        *("switch", "symbol", "text", "textPath", "title", "tspan", "use"),
    }
)
#: What LibreOffice and others add to a drawing, and no browser draws.
LEFT_OUT = frozenset(
    {"font", "font-face", "font-face-name", "font-face-src", "glyph", "hkern", "metadata", "missing-glyph"}
) | {"vkern"}
#: Namespaces of drawing programs and of metadata, by their beginnings.
EDITORS = (
    "http://creativecommons.org/ns",
    "http://krita.org/namespaces/",
    "http://ns.adobe.com/",
    "http://purl.org/dc/",
    "http://schemas.microsoft.com/visio/",
    "http://sodipodi.sourceforge.net/",
    "http://sun.com/xmlns/staroffice/",
    "http://svgjs.com/",
    "http://svgjs.dev/",
    "http://vectornator.io",
    "http://web.resource.org/cc/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.corel.com/coreldraw/",
    "http://www.figma.com/figma/ns",
    "http://www.inkscape.org/namespaces/",
    "http://www.serif.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://xml.openoffice.org/",
    "https://boxy-svg.com",
    "https://svgjs.dev/",
)

#: Properties that are written as attributes and in styles alike.
PROPERTIES = frozenset(
    {
        *("alignment-baseline", "baseline-shift", "clip", "clip-path", "clip-rule", "color"),
        *("color-interpolation", "color-interpolation-filters", "color-profile", "color-rendering", "cursor"),
        *("direction", "display", "dominant-baseline", "enable-background", "fill", "fill-opacity"),
        *(
            "fill-rule",
            "filter",
            "flood-color",
            "flood-opacity",
            "font",
            "font-family",
            "font-feature-settings",
        ),
        *("font-kerning", "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant"),
        *(
            "font-variant-alternates",
            "font-variant-caps",
            "font-variant-east-asian",
            "font-variant-ligatures",
        ),
        *("font-variant-numeric", "font-variant-position", "font-variation-settings", "font-weight"),
        *("glyph-orientation-horizontal", "glyph-orientation-vertical", "image-rendering", "isolation"),
        *("kerning", "letter-spacing", "lighting-color", "line-height", "marker", "marker-end", "marker-mid"),
        *("marker-start", "mask", "mask-type", "mix-blend-mode", "opacity", "overflow", "paint-order"),
        *("pointer-events", "shape-rendering", "solid-color", "solid-opacity", "stop-color", "stop-opacity"),
        *("stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin"),
        *("stroke-miterlimit", "stroke-opacity", "stroke-width", "text-align", "text-anchor"),
        *("text-decoration", "text-decoration-color", "text-decoration-line", "text-decoration-style"),
        *("text-decoration-thickness", "text-indent", "text-orientation", "text-overflow", "text-rendering"),
        *("text-transform", "transform", "transform-box", "transform-origin", "unicode-bidi"),
        *("vector-effect", "visibility", "white-space", "word-spacing", "writing-mode"),
    }
)
#: Properties that only styles have.
STYLES = PROPERTIES | {
    *("background", "background-color", "block-progression", "bottom", "cx", "cy", "d", "fill-color"),
    *(
        "font-synthesis",
        "font-variant-emoji",
        "height",
        "inline-size",
        "left",
        "margin",
        "max-width",
        "min-width",
    ),
    *(
        "position",
        "r",
        "right",
        "rx",
        "ry",
        "shape-inside",
        "shape-margin",
        "shape-padding",
        "shape-subtract",
    ),
    *("stroke-alignment", "text-decoration-skip-ink", "text-shadow", "top", "width", "x", "y"),
}
ATTRIBUTES = PROPERTIES | {
    *("amplitude", "azimuth", "baseFrequency", "baseProfile", "bias", "class", "clipPathUnits"),
    *("contentScriptType", "contentStyleType", "crossorigin", "cx", "cy", "d", "diffuseConstant", "divisor"),
    *("dx", "dy", "edgeMode", "elevation", "exponent", "filterRes", "filterUnits", "focusable", "fr", "fx"),
    *("fy", "gradientTransform", "gradientUnits", "height", "id", "in", "in2", "intercept", "k1", "k2"),
    *("k3", "k4", "kernelMatrix", "kernelUnitLength", "lang", "lengthAdjust", "limitingConeAngle"),
    *(
        "markerHeight",
        "markerUnits",
        "markerWidth",
        "maskContentUnits",
        "maskUnits",
        "method",
        "mode",
        "name",
    ),
    *("numOctaves", "offset", "operator", "order", "orient", "path", "pathLength", "patternContentUnits"),
    *("patternTransform", "patternUnits", "points", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha"),
    *("preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "requiredExtensions"),
    *("requiredFeatures", "result", "role", "rotate", "rx", "ry", "scale", "seed", "slope", "space"),
    *("spacing", "specularConstant", "specularExponent", "spreadMethod", "startOffset", "stdDeviation"),
    *("stitchTiles", "surfaceScale", "systemLanguage", "tabindex", "tableValues", "targetX", "targetY"),
    *("textLength", "type", "values", "version", "viewBox", "width", "x", "x1", "x2", "xChannelSelector"),
    *("y", "y1", "y2", "yChannelSelector", "z", "zoomAndPan"),
}
#: Further attributes of these kinds, which say something and draw nothing.
SAYING = ("aria-", "data-")
#: Functions that a CSS value may call; `url` is checked separately.
FUNCTIONS = frozenset(
    {
        *("blur", "brightness", "calc", "circle", "color", "contrast", "drop-shadow", "ellipse", "grayscale"),
        *("hsl", "hsla", "hue-rotate", "inset", "invert", "lab", "lch", "matrix", "matrix3d", "oklab"),
        *("oklch", "opacity", "polygon", "rgb", "rgba", "rotate", "saturate", "scale", "scalex", "scaley"),
        *("sepia", "skew", "skewx", "skewy", "translate", "translatex", "translatey"),
    }
)
