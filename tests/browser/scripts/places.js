// Where each element stands, and whether it can be seen.
() => [...document.querySelectorAll('*')].map(one => {
    const {x, y, width, height} = one.getBoundingClientRect();
    return `${one.checkVisibility({visibilityProperty: true, opacityProperty: true})} ${x} ${y} ${width} ${height}`;
}).join()
