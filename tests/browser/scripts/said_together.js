// Whether one small part of the page says all of these words.
words => [...document.querySelectorAll('body *:not(svg *)')].some(one => {
    const text = one.checkVisibility() && one.innerText ? one.innerText.replace(/\s+/g, ' ') : '';
    return text.length < 600 && words.every(word => text.includes(word));
})
