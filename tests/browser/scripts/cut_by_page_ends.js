// What a selector finds that the end of a page may cut though they are not as high as a page.
selector => [...document.querySelectorAll(selector)].filter(one => {
    if (!one.checkVisibility() || one.getBoundingClientRect().height > 900) return false;
    for (; one; one = one.parentElement) if (getComputedStyle(one).breakInside.startsWith('avoid')) return false;
    return true;
}).map(one => one.outerHTML.slice(0, 100))
