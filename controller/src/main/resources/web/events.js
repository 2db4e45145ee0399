'use strict';

// Shows what has happened lately, the newest first, as the controller tells it.
const MOST_EVENTS = 40;
const KINDS = ['put', 'deleted', 'vnicStatus', 'bridgeState', 'uplinkState',
  'ovsdbConnected', 'ovsdbDisconnected', 'ovsdbProblems', 'bridgeCorrected'];
const PASSING = /has not confirmed its flows yet$/;

let source = null;
let lastEventId = '';
let events = [];
let isDrawing = false;

function follow() {
  const query = lastEventId ? '?lastEventId=' + encodeURIComponent(lastEventId) : '?recent=' + 4 * MOST_EVENTS;
  source = new EventSource('/api/v1/events' + query);
  KINDS.forEach(kind => source.addEventListener(kind, message => {
    lastEventId = message.lastEventId;
    took(JSON.parse(message.data));
  }));
  source.addEventListener('gap', message => {
    lastEventId = message.lastEventId;
    events = [];
    draw();
  });
}

// A browser has few connections for one server: a tab that nobody sees keeps none.
function followWhileSeen() {
  if (source) source.close();
  source = null;
  if (!document.hidden) follow();
}

/** What lasts for as long as a barrier takes is no news to people. */
const isPassing = event => event.kind === 'vnicStatus' && PASSING.test(event.data.after.reason);

function took(event) {
  if (isPassing(event)) return;
  events.unshift(event);
  events.length = Math.min(events.length, MOST_EVENTS);
  draw();
}

/** Once a frame, however many events come. */
function draw() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    at('events-section').hidden = events.length === 0;
    at('events').replaceChildren(...events.map(line));
  });
}

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

function line(event) {
  const time = make('time', 'mono', clock.format(new Date(event.time)));
  time.dateTime = event.time;
  time.title = event.time;
  const isHost = event.subject.startsWith('/ovsdb/');
  const name = make('strong', '', isHost ? event.data.host : nameOf(event.subject));
  name.title = event.subject;
  const [what, detail] = WORDS[event.kind](event.data);
  return make('li', '', time, name, what, make('span', 'detail', detail));
}

function nameOf(subject) {
  const id = subject.split('/').pop();
  const bridge = subject.startsWith('/bridges/') && (shown.bridges || []).find(each => each.dpid === id);
  return bridge && (bridge.name || localName(bridge)) || id;
}

const WORDS = {
  put: data => [make('span', 'edit', 'put'), 'by ' + data.who],
  deleted: data => [make('span', 'edit', 'deleted'), 'by ' + data.who],
  vnicStatus: data => [stateOf(data.after.state), vnicDetail(data.after)],
  bridgeState: data => [stateOf(data.after.state), data.after.problems.join('; ')],
  uplinkState: data => [stateOf(data.up ? 'active' : 'failed', data.up ? 'link up' : 'link down'), 'uplink ' + data.uplink],
  ovsdbConnected: data => [stateOf('active', 'connected'), 'its database, from ' + data.address],
  ovsdbDisconnected: data => [stateOf('failed', 'away'), 'its database: ' + data.reason],
  ovsdbProblems: data => data.problems.length
    ? [stateOf('degraded', 'problem'), data.problems.join('; ')] : [stateOf('active', 'solved'), 'nothing in its database'],
  bridgeCorrected: data => [make('span', 'edit', 'set'), data.settings.join(', ')],
};

function vnicDetail(status) {
  const details = [];
  if (status.reason) details.push(BLOCKS[status.reason] || status.reason);
  if (status.reason === 'macAddressChanged') details.push(status.effectiveMac);
  if (status.state === 'active' && status.uplink) details.push('on ' + status.uplink);
  if (status.mirroring) details.push('mirroring its segment');
  if (status.promiscuousDenied) details.push('promiscuous mode denied');
  return details.join(' · ');
}

document.addEventListener('visibilitychange', followWhileSeen);
followWhileSeen();
