// Text of pictures with too little contrast to what is behind it (4.5), and shapes with too little (3).
() => {
    const numbers = colour => colour.match(/[\d.]+/g).map(Number);
    const painted = colour => colour.startsWith('rgb') && numbers(colour)[3] !== 0;
    const light = colour => numbers(colour).slice(0, 3).map(one => one / 255)
        .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
        .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
    const contrast = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const canvas = () => {
        const one = document.body.appendChild(document.createElement('i'));
        one.style.backgroundColor = 'Canvas';
        const colour = getComputedStyle(one).backgroundColor;
        one.remove();
        return colour;
    };
    const page = one => {
        if (!one) return canvas();
        const colour = getComputedStyle(one).backgroundColor;
        return painted(colour) ? colour : page(one.parentElement);
    };
    const around = one => {
        const box = one.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
        return shape => {
            const its = shape.getBoundingClientRect();
            return its.left <= x && x <= its.right && its.top <= y && y <= its.bottom;
        };
    };
    const behind = (one, shapes) =>
        shapes.filter(around(one)).filter(shape => painted(getComputedStyle(shape).fill)).at(-1);
    const over = (colour, below) => {
        const alpha = numbers(colour)[3] ?? 1, under = numbers(below);
        return `rgb(${numbers(colour).slice(0, 3).map((one, place) => one * alpha + under[place] * (1 - alpha))})`;
    };
    const ground = (one, shapes) => {
        const shape = behind(one, shapes), below = page(one.closest('svg'));
        return shape ? over(getComputedStyle(shape).fill, below) : below;
    };
    const colours = one => {
        const {fill, stroke, strokeWidth} = getComputedStyle(one);
        return [fill, parseFloat(strokeWidth) ? stroke : 'none'].filter(colour => colour != 'none');
    };
    const pale = (one, least, shapes) => {
        const its = colours(one), on = ground(one, shapes);
        const plain = its.every(colour => painted(colour) && contrast(over(colour, on), on) < least);
        return plain ? [`${one.outerHTML} has ${its} on ${on}`] : [];
    };
    return [...document.querySelectorAll('svg')].filter(one => one.checkVisibility()).flatMap(picture => {
        const texts = [...picture.querySelectorAll('text')].filter(one => one.textContent.trim());
        const shapes = [...picture.querySelectorAll('rect, circle, ellipse, path, polygon, polyline, line')]
            .filter(one => !one.closest('defs'));
        const plates = texts.map(one => behind(one, shapes));  // what text lies on may be of the page's colour
        return [
            ...texts.flatMap(one => pale(one, 4.5, shapes)),
            ...shapes.filter((one, place) => !plates.includes(one) || !behind(one, shapes.slice(0, place)))
                .flatMap(one => pale(one, 3, shapes.slice(0, shapes.indexOf(one)))),
        ];
    });
}
