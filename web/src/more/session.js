// SPDX-License-Identifier: MIT
// A snippet that a reader uses: its code, its runs and its links. src/element/snippet.js calls the actions.
import { codeOf } from '../element/code.js';
import { make } from '../element/dom.js';
import moreStyle from '../style/more.css';
import tokenStyle from '../style/tokens.css';
import { copyBy } from './clipboard.js';
import { compose, isListOfTexts, words } from './compose.js';
import { isLinkShown, noteLink } from './edits.js';
import { offsetAt } from './lines.js';
import { Link } from './link.js';
import { PageFault } from './page_fault.js';
import { Panel } from './panel.js';
import { Runs } from './runs.js';
import { pack, unpack } from './share.js';
import { Writing } from './writing.js';

const [styles, tokenStyles] = [moreStyle, tokenStyle].map((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
});
const sessions = new Set();

document.adoptedStyleSheets.push(tokenStyles);
// Turbo keeps a copy of the page as it is then, and Livewire its HTML: both without shadow roots and listeners.
for (const type of ['turbo:before-cache', 'livewire:navigating']) {
    document.addEventListener(type, () => {
        for (const session of sessions) session.restorePage();
    });
}

/** @param host {element, root, text, editors, panel(), setting(name)} */
export function openSession(host) {
    const session = new Session(host);
    session.enter();
    return session;
}

class Session {
    #host; #panel; #link; #writing; #runs;
    #ownArgs; // of the page, while those of a link are in their place

    constructor(host) {
        this.#host = host;
        const { element, root, text } = host;
        root.adoptedStyleSheets.push(styles);
        this.#panel = new Panel(root, text, host.panel);
        this.#link = new Link(host.setting, text);
        const fire = (name, detail) => {
            const event = new CustomEvent(`exrun:${name}`, { detail, bubbles: true, composed: true, cancelable: name === 'run' });
            return element.dispatchEvent(event);
        };
        this.#writing = new Writing({ ...host, onChange: (code) => fire('change', { code }) });
        if (this.#writing.isShared) this.#panel.say('info', text.fromLink);
        this.#runs = new Runs({ ...host, fire, panel: this.#panel, link: this.#link, writing: this.#writing });
    }

    get code() {
        return this.#writing.text;
    }

    set code(value) {
        this.#writing.show(value);
    }

    get changed() {
        return this.#writing.isChanged;
    }

    get result() {
        return this.#runs.result;
    }

    /** The first focus. */
    warmUp() {
        this.#link.warmUp();
    }

    toggle() {
        return this.#runs.toggle();
    }

    run() {
        return this.#runs.start();
    }

    stop() {
        this.#runs.stop();
    }

    edit(caret) {
        this.warmUp();
        this.#writing.edit(caret);
    }

    editAt({ clientX, clientY }) {
        this.edit(offsetAt(codeOf(this.#host.element), clientX, clientY));
    }

    editOrReset() {
        if (this.changed) this.reset();
        else this.edit();
    }

    reset() {
        this.#writing.reset();
        this.#dropArgs();
        this.#runs.showRecorded();
    }

    mark(line) {
        this.#writing.mark(line);
    }

    request() {
        return compose(this.#host.element, this.#runs.stdin, this.#host.text).request;
    }

    copy() {
        return this.#copy('copy', 'copied', async () => this.code);
    }

    copyLink() {
        return this.#copy('share', 'linkCopied', () => this.link());
    }

    /** Returns an address of this page with the snippet's code. */
    async link() {
        const { element, text } = this.#host;
        if (!element.name) throw new Error('a snippet without id and example has no link');
        const fragment = await pack(element.name, { code: this.code, stdin: this.#runs.stdin, args: words(element, 'args', text) });
        if (!fragment) throw new Error(text.tooLong);
        return new URL(fragment, location.href).href;
    }

    /** Shows the code in the page's own address, in the snippet that the address names. */
    async openLink() {
        const { text } = this.#host;
        const shared = await unpack(location.hash);
        const target = shared && [...document.querySelectorAll('exrun-snippet')].find((one) => one.name === shared.name);
        // A reader must see the code before it runs.
        if (!target?.checkVisibility({ visibilityProperty: true })) this.#panel.say('warn', shared ? text.noExample : text.brokenLink);
        else (await target.open())?.showShared(shared.content);
    }

    showShared({ code, stdin, args }) {
        const { element, root, text } = this.#host;
        element.scrollIntoView({ block: 'center' });
        if (element.readOnly) {
            this.#panel.say('warn', text.linkRefused);
            return;
        }
        // After a reload, the reader's edits of it are worth more.
        if (!isLinkShown(location.hash) || !this.changed) {
            this.#runs.showRecorded();
            this.#writing.showShared(code);
        }
        this.#dropArgs(); // of an earlier link
        noteLink(location.hash);
        const field = root.getElementById('stdin');
        if (field && typeof stdin === 'string') field.value = stdin;
        this.#panel.say('info', text.fromLink, ...this.#takeArgs(args));
    }

    /** Takes the arguments of a link, and returns words that show them. */
    #takeArgs(args) {
        const { element, text } = this.#host;
        if (!isListOfTexts(args) || args.length === 0) return [];
        this.#ownArgs ??= { value: element.getAttribute('args') };
        element.setAttribute('args', JSON.stringify(args));
        return [` ${text.linkArgs} `, make('code', {}, JSON.stringify(args))];
    }

    #dropArgs() {
        if (!this.#ownArgs) return;
        const { value } = this.#ownArgs;
        this.#ownArgs = undefined;
        if (value === null) this.#host.element.removeAttribute('args');
        else this.#host.element.setAttribute('args', value);
    }

    /** An attribute has changed. */
    dress() {
        this.#writing.dress();
    }

    enter() {
        sessions.add(this);
    }

    /** The snippet has left the page. */
    leave() {
        this.#runs.stop();
        sessions.delete(this);
    }

    /** Gives the page its own HTML back. */
    restorePage() {
        this.#runs.showRecorded();
        this.#dropArgs();
        this.#writing.restorePage();
    }

    async #copy(id, done, make) {
        const { root, text } = this.#host;
        try {
            await copyBy(root.getElementById(id), make);
            this.#panel.tell(text[done]);
        } catch (error) {
            const say = error instanceof PageFault || error.message === text.tooLong ? error.message : text.noClipboard;
            this.#panel.say('warn', say);
            this.#panel.tell(say);
        }
    }
}
