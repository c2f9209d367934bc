// Text that nobody sees, save what a reader may open and what describes a picture.
() => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (words.nextNode()) {
        const one = words.currentNode.parentElement, text = words.currentNode.data.trim();
        const seen = one.closest('svg title, svg desc, style, script, details:not([open])')
            || one.checkVisibility({opacityProperty: true, visibilityProperty: true});
        if (text && !seen) found.push(text.slice(0, 80));
    }
    return found;
}
