// SPDX-License-Identifier: MIT
// The runs of a snippet, one at a time: the Run button, the request, and the way from it to the end.
import { Ask } from './ask.js';
import { compose } from './compose.js';
import { finish, finishWithProblem } from './finish.js';
import { Output } from './output.js';
import { PageFault } from './page_fault.js';
import { seen } from './recorded.js';
import { RunButton } from './run_button.js';
import { Run } from './run.js';
import { Terminal } from './terminal.js';

const SLOW_MS = 150; // most programs have ended by then, and a Stop that flashes up is of no use
const DOUBLE_CLICK_MS = 400; // the second click of one is not a Stop

export class Runs {
    #parts; #button; #ask; #run = null; #output = null; #stdin; #args;
    result = null;

    /** @param parts {element, root, text, fire, panel, link, writing, compose}; compose: for a page that is not a snippet */
    constructor(parts) {
        this.#parts = parts;
        this.#button = new RunButton(parts.root.getElementById('run'), parts.text);
        this.#stdin = this.stdin;
        this.#args = parts.element.getAttribute('args');
        this.#ask = new Ask({
            ...parts,
            onAnswer: (text) => {
                this.#output.release();
                this.#output.write(text, 'answer');
            },
            onProblem: (sentence) => parts.panel.say('warn', sentence),
        });
    }

    /** The text of the input's field, or undefined. */
    get stdin() {
        return this.#parts.root.getElementById('stdin')?.value;
    }

    get #isInputChanged() {
        return this.stdin !== this.#stdin;
    }

    toggle() {
        if (!this.#run) return this.start();
        if (Date.now() - this.#run.began > DOUBLE_CLICK_MS) this.stop();
        return undefined;
    }

    stop() {
        this.#run?.stop();
    }

    /** Returns the result, or null. */
    async start() {
        if (this.#run || this.#button.isDisabled) return this.result;
        const composed = this.#compose();
        if (!composed || !this.#parts.fire('run', { request: composed.request })) return null;
        const { panel, text, fire } = this.#parts;
        const output = this.#output = this.#begin(composed);
        const run = this.#run = new Run({ ...this.#parts, output, ask: this.#ask, setState: (state) => this.#setState(state), changed: { '/source': this.#parts.writing.isChanged, '/stdin': this.#isInputChanged } });
        this.#setState('queued');
        const slow = setTimeout(() => {
            this.#button.showStop();
            panel.spin(() => (run.isQueued ? text.waits : text.running), run.began);
            output.follow();
        }, SLOW_MS);
        await run.go(composed.request);
        if (!run.isStopped) await output.drain();
        if (output.fault) run.fail(output.fault);
        clearTimeout(slow);
        this.#button.showRun();
        this.result = run.result;
        if (this.#run === run) await this.#finish(run, output, composed.place);
        fire('done', { result: run.result });
        return run.result;
    }

    /** Shows the page as it was before the first run. */
    showRecorded() {
        const { panel, text } = this.#parts;
        this.stop();
        this.#run = null; // so its end doesn't change the page any more
        this.#parts.element.removeAttribute('state');
        panel.clear();
        panel.out.replaceChildren();
        const has = this.#recorded !== null;
        panel.isShown = has;
        panel.hasRecorded = has && !this.#isRecordedDrawn;
        if (this.#isRecordedDrawn) new Terminal(panel.out).write(this.#recorded.textContent);
        panel.note(has ? text.recorded : '');
    }

    /** Recorded output with colours is drawn as a run's output is. Before the first run, the page's own <pre> shows it. */
    get #isRecordedDrawn() {
        const text = this.#recorded?.textContent ?? '';
        return seen(text) !== text;
    }

    get #recorded() {
        return this.#parts.element.querySelector(':scope > [slot=expected]');
    }

    /** Returns true if the program is the one whose output was recorded, with the same input and arguments, and time or chance has no part in it. */
    #isComparable({ isOwn }) {
        const { element } = this.#parts;
        const isAsked = !this.#isInputChanged && element.getAttribute('args') === this.#args;
        return this.#recorded !== null && isOwn && isAsked && element.getAttribute('compare') !== 'no';
    }

    #setState(state) {
        this.#parts.element.setAttribute('state', state);
    }

    #compose() {
        const { element, panel, text, link } = this.#parts;
        try {
            link.check();
            return this.#parts.compose?.() ?? compose(element, this.stdin, text);
        } catch (error) {
            const isSaid = error instanceof PageFault;
            if (!isSaid) console.error(error);
            const say = isSaid ? error.message : text.fault;
            panel.say('bad', say);
            panel.tell(say);
            return null;
        }
    }

    #begin(composed) {
        const { element, panel, text, writing } = this.#parts;
        const isComparable = this.#isComparable(composed);
        writing.mark(0);
        panel.clear();
        panel.tell('');
        panel.isShown = true;
        panel.hasRecorded = isComparable && !this.#isRecordedDrawn;
        panel.out.hidden = ['html', 'svg'].includes(element.getAttribute('output')); // nobody wants to see its text flash up
        panel.note(isComparable ? text.recorded : '');
        return new Output(panel.out, isComparable ? this.#recorded.textContent : null, () => {
            panel.hasRecorded = false;
            panel.note('');
        });
    }

    async #finish(run, output, place) {
        this.#run = null;
        this.#parts.panel.meta('');
        try {
            await this.#end(run, output, place);
            if (run.result && output.fault) throw output.fault; // of the output that was held until then
        } catch (error) {
            run.fail(error);
            this.result = null;
            this.#endWithProblem(run, output);
        }
        this.#setState(run.result?.verdict ?? (run.isStopped ? 'cancelled' : 'problem'));
    }

    #end(run, output, place) {
        const { panel, text, writing } = this.#parts;
        const parts = { ...this.#parts, edit: (offset) => writing.edit(offset), mark: (line) => writing.mark(line) };
        let shown;
        if (run.result) {
            this.#nameLanguage(run.result);
            shown = finish({ result: run.result, output, place }, parts);
        } else if (run.isStopped) {
            output.release();
            output.flush();
            panel.note(text.stopped);
            panel.tell(text.stopped);
        } else {
            this.#endWithProblem(run, output);
        }
        panel.settle();
        return shown;
    }

    #endWithProblem({ problem }, output) {
        const { panel, text, fire } = this.#parts;
        const isComparable = output.isHeld;
        output.flush();
        finishWithProblem(problem, this.#parts);
        if (isComparable) panel.note(text.recorded);
        fire('problem', { status: problem.status, detail: problem.detail, wait: problem.wait });
        if (problem.status === 429 && problem.wait) this.#countDown(problem.wait);
    }

    /** The page can name an older version than the one that ran. */
    #nameLanguage({ program }) {
        if (program) this.#parts.root.getElementById('language').textContent = program;
    }

    #countDown(seconds) {
        const { panel, text } = this.#parts;
        this.#button.isDisabled = seconds > 0;
        panel.say(seconds > 0 ? 'warn' : 'info', seconds > 0 ? text.throttled(seconds) : text.again);
        if (seconds > 0) setTimeout(() => this.#countDown(seconds - 1), 1000);
    }
}
