// SPDX-License-Identifier: MIT
// <exrun-snippet> as far as it is needed before a reader uses it. All else is a session, which the second file makes:
// src/more/session.js. The two meet in open(), in the session's actions, and in the members that are shared with it.
import { codeOf, preOf, readCode } from './code.js';
import { make } from './dom.js';
import { loadMore } from './load.js';
import { labelsOf, languageOf } from '../text/labels.js';
import { setting } from './page.js';
import { clonePanel, cloneShell, forgetShell, inputField, sheet } from './shell.js';
import { callOnReturn } from './return.js';

const language = languageOf(document.documentElement);
let text = labelsOf(language);

export class Snippet extends HTMLElement {
    static observedAttributes = ['language', 'profile', 'readonly', 'stdin', 'id', 'example'];

    /** Other editors by name, for the attribute `editor`: functions as openEditor() of src/more/editor.js. */
    static editors = {};

    #root; #opening; #session; #newCode; #isReady;

    /** All texts. Set some of them to change these, also of snippets that are on the page already. */
    static get text() {
        return text;
    }

    static set text(some) {
        Object.assign(text, some);
        forgetShell();
        for (const one of document.querySelectorAll('exrun-snippet')) one.#relabel();
    }

    connectedCallback() {
        this.#session?.enter(); // it was moved, or taken out and put back
        if (this.#root) return;
        const root = this.#root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = [sheet];
        this.#build();
        for (const type of ['click', 'focusin', 'keydown', 'slotchange']) root.addEventListener(type, this);
    }

    disconnectedCallback() {
        // A snippet that is moved is connected again when this runs.
        queueMicrotask(() => this.isConnected || this.#session?.leave());
    }

    attributeChangedCallback() {
        if (this.#isReady) this.#dress();
    }

    /** The listener of the shadow root, which sees events of the page's code, too. */
    handleEvent(event) {
        if (event.type === 'keydown') {
            this.#keyed(event);
        } else if (event.type === 'slotchange') {
            this.#found();
        } else if (event.type === 'focusin') {
            const isCode = event.target === preOf(this) && event.target.matches(':focus-visible');
            this.#act(isCode && !this.readOnly ? 'edit' : 'warmUp');
        } else if (event.type === 'click') {
            this.#clicked(event);
        }
    }

    get code() {
        return this.#session?.code ?? this.#newCode ?? readCode(this);
    }

    set code(value) {
        if (this.#session) {
            this.#session.code = value;
        } else {
            this.#newCode = value;
            this.#act('warmUp');
        }
    }

    get changed() {
        return this.#session?.changed ?? (this.#newCode !== undefined && this.#newCode !== readCode(this));
    }

    get state() {
        return this.getAttribute('state') ?? 'idle';
    }

    get result() {
        return this.#session?.result ?? null;
    }

    get readOnly() {
        return this.hasAttribute('readonly');
    }

    /** The name of the language. Without an attribute, the class of the code has it, as highlighters write it. */
    get profile() {
        return this.getAttribute('profile') ?? /\blang(?:uage)?-([\w+#]+)/.exec(`${codeOf(this)?.className} ${preOf(this)?.className}`)?.[1] ?? '';
    }

    /** Frameworks set an attribute as a property if there is one. */
    set profile(value) {
        this.setAttribute('profile', value);
    }

    /** The name in a shared link. */
    get name() {
        return this.id || this.getAttribute('example') || '';
    }

    async run() {
        return this.#act('run');
    }

    stop() {
        this.#session?.stop();
    }

    async reset() {
        return this.#act('reset');
    }

    async edit() {
        return this.#act('edit');
    }

    async mark(line) {
        return this.#act('mark', line);
    }

    async share() {
        return this.#act('link');
    }

    async request() {
        return this.#act('request');
    }

    /** Returns the session, which the first call makes, or undefined if the second file can't be loaded. */
    open() {
        this.#opening ??= loadMore(text, language).then((more) => {
            this.#session = more.openSession({
                element: this, root: this.#root, text, editors: Snippet.editors,
                panel: () => clonePanel(text),
                setting: (name) => setting(name, this),
            });
            if (this.#newCode !== undefined) this.#session.code = this.#newCode;
            return this.#session;
        }).catch((error) => {
            this.#opening = undefined;
            this.#sayThatItIsAway(error);
        });
        return this.#opening;
    }

    /** Does it in this task if the session is open, because a reader sees each frame of delay. */
    #act(action, argument) {
        return this.#session ? this.#session[action](argument) : this.open().then((session) => session?.[action](argument));
    }

    #keyed(event) {
        const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            this.run();
        } else if (!hasModifier && event.target.matches('textarea, input')) {
            // A page takes single keys for itself ("/" searches) unless it sees a text area, and it sees only the element.
            event.stopPropagation();
        }
    }

    #clicked(event) {
        const control = event.target.closest('button, a'); // or one that the page has in its code
        const action = { run: 'toggle', edit: 'editOrReset', copy: 'copy', share: 'copyLink' }[control?.id];
        // A tap would open the keyboard over the text that the reader wants to read; the button is for that.
        const isIntoCode = !control && !this.readOnly && event.pointerType !== 'touch' && preOf(this)?.contains(event.target) && getSelection().isCollapsed;
        if (action) this.#act(action);
        else if (isIntoCode) this.#act('editAt', event);
    }

    #build() {
        this.#root.replaceChildren(cloneShell(text));
        if (preOf(this)) this.#ready();
    }

    /** The page's code has come, or React has put another <pre> in its place. */
    #found() {
        const pre = preOf(this);
        if (!pre || pre.role) return;
        pre.tabIndex = 0;
        if (this.#isReady) this.#dressCode();
        else this.#ready();
    }

    #ready() {
        this.#isReady = true;
        preOf(this).tabIndex = 0;
        this.#dress();
        for (const child of this.children) if (child.slot === 'expected') this.#root.getElementById('box').append(clonePanel(text));
        callOnReturn(this);
    }

    #dress() {
        const at = (id) => this.#root.getElementById(id);
        at('language').textContent = this.getAttribute('language') ?? this.profile;
        at('share').hidden = !this.name;
        this.#dressCode();
        const stdin = this.getAttribute('stdin');
        if (stdin === null || stdin === 'ask') at('field')?.remove();
        else if (!at('field')) at('bar').before(inputField(text, stdin === 'text' ? '' : stdin));
        if (this.#session) this.#session.dress();
        else at('edit').hidden = this.readOnly;
    }

    #dressCode() {
        const pre = preOf(this);
        pre.role = 'group';
        pre.ariaLabel = this.readOnly ? text.codeRead : text.code;
    }

    #relabel() {
        if (!this.#root || this.#session) return;
        this.#build();
    }

    #sayThatItIsAway(error) {
        console.warn(error);
        this.#root.querySelector('.away')?.remove();
        this.#root.append(make('p', { class: 'away', role: 'alert' }, text.away));
    }
}
