// Text that its picture cuts off, text that other text covers, and text that runs over a side of a box.
() => [...document.querySelectorAll('svg')].filter(one => one.checkVisibility()).flatMap(picture => {
    const whole = picture.getBoundingClientRect();
    const texts = [...picture.querySelectorAll('text')].map(one => [one.outerHTML, one.getBoundingClientRect()]);
    const boxes = [...picture.querySelectorAll('rect')].map(one => one.getBoundingClientRect());
    const aside = (its, of) => its.left < of.left - 1 || its.right > of.right + 1;
    const outside = its => aside(its, whole) || its.top < whole.top - 1 || its.bottom > whole.bottom + 1;
    const apart = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1
        || one.bottom <= other.top + 3 || other.bottom <= one.top + 3;
    return texts.flatMap(([text, box], place) => [
        ...(outside(box) ? [`${text} is cut off`] : []),
        ...texts.slice(place + 1).filter(([, its]) => !apart(box, its)).map(([other]) => `${text} covers ${other}`),
        ...boxes.filter(its => aside(box, its) && !apart(box, its)).map(() => `${text} runs over a side of a box`),
    ]);
})
