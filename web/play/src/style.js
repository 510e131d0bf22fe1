// SPDX-License-Identifier: MIT
// The style sheets: those of a snippet, whose look the page has, and its own.
import base from '../../src/style/base.css';
import more from '../../src/style/more.css';
import tokens from '../../src/style/tokens.css';
import play from './play.css';

function sheetOf(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
}

export const sheets = [base, more, play].map(sheetOf);

// The code is in the page itself.
document.adoptedStyleSheets.push(sheetOf(tokens.replaceAll('exrun-snippet', 'exrun-play')));
