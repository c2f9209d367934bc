// Text that is smaller than so many pixels; in a picture, which shrinks with its window, as large as it is shown.
least => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
    while (words.nextNode()) {
        const one = words.currentNode.parentElement;
        const scale = one.closest('svg') && one.getScreenCTM ? one.getScreenCTM().a : 1;
        const size = parseFloat(getComputedStyle(one).fontSize) * scale;
        const seen = words.currentNode.data.trim() && !one.closest('style, title, desc, .unseen') && one.checkVisibility();
        if (seen && size < least - 0.01)
            found.add(`${one.localName} ${one.className} in ${one.parentElement.className}: ${size} px`);
    }
    return [...found];
}
