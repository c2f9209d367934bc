// Text that its picture cuts off, and text that other text covers.
() => [...document.querySelectorAll('svg')].filter(one => one.checkVisibility()).flatMap(picture => {
    const whole = picture.getBoundingClientRect();
    const texts = [...picture.querySelectorAll('text')].map(one => [one.outerHTML, one.getBoundingClientRect()]);
    const outside = its => its.left < whole.left - 1 || its.right > whole.right + 1
        || its.top < whole.top - 1 || its.bottom > whole.bottom + 1;
    const apart = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1
        || one.bottom <= other.top + 3 || other.bottom <= one.top + 3;
    return texts.flatMap(([text, box], place) => [
        ...(outside(box) ? [`${text} is cut off`] : []),
        ...texts.slice(place + 1).filter(([, its]) => !apart(box, its)).map(([other]) => `${text} covers ${other}`),
    ]);
})
