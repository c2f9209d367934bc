// Text outside pictures that is smaller than so many pixels.
least => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
    while (words.nextNode()) {
        const one = words.currentNode.parentElement, size = parseFloat(getComputedStyle(one).fontSize);
        const seen = words.currentNode.data.trim() && !one.closest('svg, style') && one.checkVisibility();
        if (seen && size < least - 0.01)
            found.add(`${one.localName} ${one.className} in ${one.parentElement.className}: ${size} px`);
    }
    return [...found];
}
