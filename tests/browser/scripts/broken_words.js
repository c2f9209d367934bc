// Words that stand on two lines although they have no hyphen: a box was too narrow for them. Hashes and links aside.
() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = new Range(), found = new Set();
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.parentElement.closest('.exact, .unseen, .skip')) continue;
        for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
            if (lines.size > 1) found.add(`${word[0]} in ${text.parentElement.localName}: ${text.data.trim().slice(0, 60)}`);
        }
    }
    return [...found].slice(0, 12);
}
