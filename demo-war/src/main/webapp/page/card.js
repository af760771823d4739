/** One limit: its bucket, its buttons, its answers. What the bucket holds it knows from response fields alone. */
import {Answers} from './answers.js';
import {Client, fieldLines} from './client.js';
import {Drawing} from './drawing.js';
import {bucketIn} from './fields.js';
import {Level} from './level.js';
import {Timeline, outcomeOf} from './timeline.js';

const STREAM_MILLIS = 500;
const DECIDERS = {
  redis: 'Redis decides',
  alone: 'This server alone decides',
  closed: 'Closed until Redis is back',
  unreachable: 'Server not reachable',
};

export class Card {
  #root;
  #client;
  #drawing;
  #answers;
  #timeline;
  #level;
  #looking;
  #asked = 0;
  #latest = 0;
  #streaming;
  #onSent;

  /**
   * @param root where it is put
   * @param what title, and what a client needs
   * @param onSent told after every request that may have taken a token
   */
  constructor(root, what, onSent) {
    this.#root = root;
    root.append(document.getElementById('card').content.cloneNode(true));
    this.#find('h2').textContent = what.title;
    this.#find('h2').id = `${root.id}-title`;
    this.#client = new Client(what);
    this.#drawing = new Drawing(this.#find('.bucket'));
    this.#answers = new Answers(this.#find('.answers'));
    this.#timeline = new Timeline(this.#find('.timeline'), this.#find('.counts'));
    this.#onSent = onSent;
    this.#find('.one').addEventListener('click', () => this.#send(1));
    this.#find('.twenty').addEventListener('click', () => this.#send(20));
    this.#find('.stream').addEventListener('click', () => this.#stream());
  }

  /** Looks at the bucket, without taking from it. Tells who decides. */
  look() {
    this.#looking ??= this.#lookOnce().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** @param {number} passed milliseconds since the frame before */
  draw(now, passed) {
    if (this.#level) {
      this.#drawing.draw(this.#level, now, passed);
    }
    this.#answers.draw(now);
  }

  async #send(times) {
    const statuses = await Promise.all(Array.from({length: times}, () => this.#sendOne()));
    this.#find('.said').textContent = inWords(statuses);
    await this.#looking; // that look may be from before
    await this.look();
  }

  async #lookOnce() {
    const order = ++this.#asked;
    const {response, decider} = await this.#client.look();
    if (response) {
      this.#learn(response, order);
    }
    this.#setDecider(decider);
    return decider;
  }

  async #sendOne() {
    const order = ++this.#asked;
    try {
      const response = await this.#client.send();
      this.#learn(response, order);
      this.#answers.add(response, performance.now());
      this.#timeline.add(response.status);
      this.#find('.fields').textContent = fieldLines(response.headers) || 'no rate limit fields';
      this.#onSent();
      return response.status;
    } catch {
      this.#setDecider('unreachable');
      return 0;
    }
  }

  #stream() {
    const button = this.#find('.stream');
    const starting = this.#streaming === undefined;
    button.setAttribute('aria-pressed', starting);
    if (starting) {
      this.#sendOne();
      this.#streaming = setInterval(() => this.#sendOne(), STREAM_MILLIS);
    } else {
      clearInterval(this.#streaming);
      this.#streaming = undefined;
    }
  }

  /** An answer that overtook an older question knows better. */
  #learn(response, order) {
    const bucket = bucketIn(response.headers);
    if (bucket && order > this.#latest) {
      this.#latest = order;
      this.#level = new Level(bucket, performance.now());
      setText(this.#find('.policy'), this.#level.words);
    }
  }

  #setDecider(state) {
    const decider = this.#find('.decider');
    decider.dataset.state = state;
    setText(decider, DECIDERS[state]);
    this.#root.dataset.decider = state;
    if (state === 'closed' || state === 'unreachable') {
      this.#level = undefined;
      this.#drawing.forget();
    }
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** For who cannot see the marks: once for each press of a button. */
function inWords(statuses) {
  const count = outcome => statuses.filter(status => status !== 0 && outcomeOf(status) === outcome).length;
  return [
    [count('permitted'), 'let in'],
    [count('rejected'), 'rejected'],
    [count('unavailable'), 'turned away, no Redis'],
    [statuses.filter(status => status === 0).length, 'without an answer'],
  ].filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`).join(', ');
}
