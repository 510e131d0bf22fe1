// SPDX-License-Identifier: MIT
// <exrun-play>: one program, written and run on exrun's own page. Output, input, Stop and the sentences are those of a
// snippet; what is here is the program around it: its files, its language, its link.
import { copyBy } from '../../src/more/clipboard.js';
import { Link } from '../../src/more/link.js';
import { Panel } from '../../src/more/panel.js';
import { sentenceOf } from '../../src/more/problem.js';
import { Runs } from '../../src/more/runs.js';
import { pack, unpack } from '../../src/more/share.js';
import { keepChoice, keepProgram, keptChoice, keptProgram } from './kept.js';
import { hasMonaco, loadMonaco } from './load_monaco.js';
import { fetchProfiles, fillChoice } from './profiles.js';
import { Program } from './program.js';
import { isSample, sampleOf } from './samples.js';
import { Sheet } from './sheet.js';
import { buildShell } from './shell.js';
import { sheets } from './style.js';
import { Tabs } from './tabs.js';
import { text } from './text.js';

export class Play extends HTMLElement {
    #root; #panel; #runs; #tabs; #sheet; #program = new Program(); #profiles = [];

    connectedCallback() {
        const root = this.#root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = sheets;
        root.append(buildShell(text));
        this.#panel = new Panel(root, text);
        this.#panel.isShown = false;
        this.#panel.note('');
        this.#sheet = new Sheet({ element: this, root, text, onChange: (code) => this.#program.setTextAt(this.#tabs.index, code) });
        this.#tabs = new Tabs({ root, text, tell: (sentence) => this.#panel.tell(sentence), onChange: () => this.#showText() });
        this.#runs = new Runs({ element: this, root, text, fire: () => true, panel: this.#panel, link: new Link(() => undefined, text), writing: this.#writing, compose: () => this.#compose() });
        this.#listen();
        this.#sheet.use();
        // The editor takes the focus when it opens, and nobody has asked for it yet.
        root.activeElement?.blur();
        this.#start();
    }

    /** The code of the program itself, for the line of an error. */
    get code() {
        return this.#program.code;
    }

    /** What a run may do with the sheet. */
    get #writing() {
        const showCode = () => this.#tabs.index === 0 || this.#tabs.show(0);
        return {
            isChanged: true,
            mark: (line) => {
                if (line) showCode();
                this.#sheet.mark(line);
            },
            edit: (offset) => {
                showCode();
                this.#sheet.edit(offset);
            },
        };
    }

    #at(id) {
        return this.#root.getElementById(id);
    }

    #listen() {
        const on = (id, type, call) => this.#at(id).addEventListener(type, call);
        on('run', 'click', () => this.#runs.toggle());
        on('copy', 'click', () => this.#copy('copy', text.copied, async () => this.#program.textAt(this.#tabs.index)));
        on('share', 'click', () => this.#copy('share', text.linkCopied, () => this.#linkOf()));
        on('profile', 'change', () => this.#choose(this.#at('profile').value));
        on('args', 'input', () => (this.#program.args = this.#at('args').value));
        on('stdin', 'input', () => (this.#program.stdin = this.#at('stdin').value));
        on('back', 'click', () => this.#goBack());
        on('monaco', 'click', () => this.#toggleMonaco());
        addEventListener('keydown', (event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            this.#runs.start();
        }, true);
        addEventListener('pagehide', () => keepProgram(this.#program));
        addEventListener('hashchange', () => this.#openLink(this.#program));
    }

    async #start() {
        try {
            this.#profiles = await fetchProfiles();
        } catch (problem) {
            this.#say('warn', sentenceOf(problem, text));
            return;
        }
        fillChoice(this.#at('profile'), this.#profiles, text);
        const wanted = keptChoice('profile');
        const first = this.#profiles.find((profile) => profile.name === wanted) ?? this.#profiles.find((profile) => !profile.disabled);
        if (!first) {
            this.#say('warn', text.noLanguages);
            return;
        }
        const kept = keptProgram();
        if (!(await this.#openLink(kept))) this.#show(kept ?? Program.from(first.name, { code: sampleOf(first.name) }));
        this.#at('monaco').hidden = !hasMonaco;
        if (hasMonaco && keptChoice('editor') === 'monaco' && matchMedia('(pointer: fine)').matches) await this.#toggleMonaco();
    }

    /** Shows what the address brings in place of @present, and runs nothing. Returns false if it brings nothing. */
    async #openLink(present) {
        if (!location.hash.startsWith('#run:')) return false;
        const shared = await unpack(location.hash);
        // So that a reload shows what the visitor has made of it.
        history.replaceState(null, '', location.pathname);
        if (!shared) {
            this.#say('warn', text.brokenLink);
            return false;
        }
        const { name, content } = shared;
        this.#runs.stop();
        this.#show(Program.fromLink(name, content, present?.own ?? null));
        return true;
    }

    get #profile() {
        return this.#profiles.find((profile) => profile.name === this.#program.profile);
    }

    #show(program) {
        this.#program = program;
        this.#at('profile').value = program.profile;
        this.#at('args').value = program.args;
        this.#at('stdin').value = program.stdin;
        this.#tabs.program = program;
        this.#at('back').hidden = !program.before;
        this.#describeInput();
        this.#sayOrigin();
    }

    #sayOrigin() {
        const { linked, before, profile } = this.#program;
        if (linked === null) return;
        if (this.#profile) this.#say('info', before ? `${text.fromLink} ${text.ownKept}` : text.fromLink);
        else this.#say('warn', text.noLongerThere(profile));
    }

    #goBack() {
        this.#runs.stop();
        this.#panel.clear();
        this.#show(this.#program.before);
        this.#sheet.edit(0);
    }

    /** A file that is not the program's code stays without colours. */
    #showText() {
        const { index } = this.#tabs;
        this.#sheet.show(this.#program.textAt(index), index === 0 ? this.#program.profile : '');
    }

    #choose(name) {
        keepChoice('profile', name);
        this.#program.profile = name;
        if (isSample(this.#program.code)) this.#program.code = sampleOf(name);
        this.#showText();
        this.#describeInput();
    }

    #describeInput() {
        this.#at('stdin-hint').textContent = this.#canAnswer ? text.inputHint : text.inputHintFirst;
    }

    /** The service notices of most languages that a program waits for input. */
    get #canAnswer() {
        return this.#profile?.reading ?? false;
    }

    #compose() {
        return this.#program.compose(text, this.#canAnswer);
    }

    async #linkOf() {
        const fragment = await pack(this.#program.profile, this.#program.toContent());
        if (!fragment) throw new Error(text.tooLong);
        return new URL(fragment, location.href).href;
    }

    async #copy(id, done, make) {
        try {
            await copyBy(this.#at(id), make);
            this.#panel.tell(done);
        } catch (error) {
            this.#say('warn', error.message === text.tooLong ? text.tooLong : text.noClipboard);
        }
    }

    async #toggleMonaco() {
        const button = this.#at('monaco');
        const isOn = button.getAttribute('aria-pressed') !== 'true';
        const open = isOn ? await loadMonaco().catch(() => null) : undefined;
        if (isOn && !open) {
            this.#say('warn', text.noMonaco);
            return;
        }
        button.setAttribute('aria-pressed', String(isOn));
        keepChoice('editor', isOn ? 'monaco' : 'plain');
        this.#sheet.use(open);
    }

    #say(kind, sentence) {
        this.#panel.say(kind, sentence);
        this.#panel.tell(sentence);
    }
}
