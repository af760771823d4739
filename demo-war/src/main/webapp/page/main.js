/** Two limits side by side; looks at both every second, and at once when another tab has sent something. */
import {Card} from './card.js';

const LOOK_MILLIS = 1000;
const STATES = {
  redis: 'Redis decides, for all servers',
  alone: 'Redis is away: this server limits alone',
  closed: 'Redis is away',
  unreachable: 'Server not reachable',
};

const status = document.getElementById('status');
const otherTabs = new BroadcastChannel('sluice');
const onSent = () => otherTabs.postMessage('sent');
const api = new Card(
  document.getElementById('api'), {title: 'API', method: 'GET', path: 'api', level: 'level'}, onSent);
const login = new Card(
  document.getElementById('login'), {title: 'Login', method: 'POST', path: 'login', level: 'login/level'}, onSent);

async function look() {
  if (document.hidden) {
    return;
  }
  const [decider] = await Promise.all([api.look(), login.look()]);
  if (status.dataset.state !== decider) {
    status.dataset.state = decider;
    status.querySelector('.words').textContent = STATES[decider];
  }
}

// Only a hint that there is something to see: what is there, the server says.
otherTabs.addEventListener('message', look);
document.addEventListener('visibilitychange', look);
setInterval(look, LOOK_MILLIS);
look();

let before = performance.now();
requestAnimationFrame(function draw(now) {
  api.draw(now, now - before);
  login.draw(now, now - before);
  before = now;
  requestAnimationFrame(draw);
});
