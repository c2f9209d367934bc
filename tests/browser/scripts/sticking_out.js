// What begins or ends outside the window, and what a box cuts off: elements and lines of text.
// What stands in a region that can be focused and scrolled by itself may be wider than it.
() => {
    const window = document.scrollingElement, found = new Set();
    const unseen = one => one && (getComputedStyle(one).clipPath == 'inset(50%)' || unseen(one.parentElement));
    const scrolled = one => one.closest('[role=region][tabindex="0"]') && !one.matches('[role=region]');
    const outside = box => box.width && (box.left < -0.5 || box.right > window.clientWidth + 0.5);
    const say = (one, box) => {
        const text = one.textContent.trim().replace(/\s+/g, ' ').slice(0, 60);
        const place = `${Math.round(box.left)} to ${Math.round(box.right)}`;
        if (!unseen(one)) found.add(`${one.localName} ${one.className} from ${place}: ${text}`);
    };
    if (window.scrollWidth > window.clientWidth)
        found.add(`the page is ${window.scrollWidth} wide in a window of ${window.clientWidth}`);
    for (const one of document.querySelectorAll('body *:not(svg, svg *)')) {
        const box = one.getBoundingClientRect();
        const cuts = one.scrollWidth > one.clientWidth + 1
            && ['hidden', 'clip'].includes(getComputedStyle(one).overflowX);
        if ((cuts || outside(box)) && !scrolled(one)) say(one, box);
    }
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = new Range();
    while (words.nextNode()) {
        range.selectNodeContents(words.currentNode);
        const box = range.getBoundingClientRect();
        if (outside(box) && !scrolled(words.currentNode.parentElement)) say(words.currentNode.parentElement, box);
    }
    return [...found].slice(0, 12);
}
