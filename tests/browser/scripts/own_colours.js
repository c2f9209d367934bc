// Where forced colours are on: what keeps a colour of its own, in a picture or by refusing to be forced.
() => {
    const names = ['Canvas', 'CanvasText', 'Highlight', 'HighlightText', 'LinkText', 'GrayText', 'ButtonText', 'ButtonFace'];
    const asked = document.body.appendChild(document.createElement('i'));
    const system = names.map(name => {
        asked.style.cssText = `forced-color-adjust: none; color: ${name}`;
        return getComputedStyle(asked).color;
    });
    asked.remove();
    const own = one => {
        const {fill, stroke} = getComputedStyle(one);
        return [fill, stroke].filter(colour => colour.startsWith('rgb') && !system.includes(colour));
    };
    const isOfTheSystem = one => {
        const {color, backgroundColor, borderColor} = getComputedStyle(one);
        return [color, backgroundColor, borderColor].every(colour => system.includes(colour));
    };
    return [
        ...[...document.querySelectorAll('svg :is(rect, circle, ellipse, path, polygon, polyline, line, text)')]
            .filter(one => own(one).length).map(one => `${one.outerHTML} in ${own(one)}`),
        ...[...document.querySelectorAll('body, body *:not(svg, svg *)')]
            .filter(one => getComputedStyle(one).forcedColorAdjust == 'none' && !isOfTheSystem(one))
            .map(one => one.outerHTML.slice(0, 100)),
    ];
}
