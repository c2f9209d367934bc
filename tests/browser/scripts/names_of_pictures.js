// The role of each picture, and the elements in it that name and describe it.
() => [...document.querySelectorAll('svg:not([aria-hidden=true])')].map(picture => {
    const parts = attribute => (picture.getAttribute(attribute) || '').split(' ').filter(Boolean)
        .map(id => picture.querySelector('#' + CSS.escape(id)))
        .filter(part => part && part.textContent.trim()).map(part => part.localName);
    return [picture.getAttribute('role'), parts('aria-labelledby'), parts('aria-describedby')];
})
