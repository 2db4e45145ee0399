'use strict';

// Shows what the API says and asks again every two seconds: as often as counters change.
const PERIOD_MS = 2000;
const MOST_VNICS = 500;
const MOST_JACKS = 48;
const LOCAL = 4294967294;
const STATES = ['active', 'pending', 'blocked', 'failed'];
const BLOCKS = { macAddressChanged: 'its guest uses another MAC', macInUse: 'its guest uses the MAC of another vNIC' };

const at = id => document.getElementById(id);
let state = '';
let asked = 0;
let shown = {};
let before = new Map();

/** An element; children are nodes or text, so that nothing that a switch says is ever read as HTML. */
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter(child => child !== ''));
  return element;
}

/** Makes these the children, and leaves alone what is the same: a text that somebody is selecting stays selected. */
function fill(parent, children) {
  children.forEach((child, index) => {
    const old = parent.children[index];
    if (!old) parent.append(child);
    else if (old.isEqualNode(child)) return;
    else if (child.tagName === 'TR') fill(old, [...child.children]);
    else old.replaceWith(child);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

const mono = text => make('span', 'mono', text);
const stateOf = (state, text = state) => make('span', 'state ' + state, text);
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat('en');
const brief = number => (number < 10000 ? exact : compact).format(number);
const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);
const count = (number, one, many) => exact.format(number) + ' ' + (number === 1 ? one : many);

async function get(path) {
  const response = await fetch('/api/v1' + path, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) throw new Error((await response.json()).detail);
  return response.json();
}

async function ask() {
  const ticket = ++asked;
  try {
    const filter = state ? '&state=' + state : '';
    const [bridges, vnics] = await Promise.all([get('/bridges'), get('/vnics?limit=' + MOST_VNICS + filter)]);
    if (ticket !== asked) return;
    measure(vnics.items);
    shown = { bridges: bridges.items, vnics: vnics.items, more: 'continue' in vnics };
    show();
    contact('live', 'Live · revision ' + exact.format(vnics.revision));
  } catch (failure) {
    if (ticket === asked) contact('lost', 'No answer: ' + failure.message);
  }
}

function contact(how, text) {
  const line = at('contact');
  if (line.textContent !== text) line.textContent = text;
  line.className = 'contact ' + how;
}

/** Adds to each vNIC its rates since the answer before. */
function measure(vnics) {
  const now = performance.now();
  const next = new Map();
  for (const vnic of vnics) {
    const counters = vnic.status.counters;
    const last = before.get(vnic.id);
    if (counters) next.set(vnic.id, { now, counters });
    if (counters && last) {
      const seconds = (now - last.now) / 1000;
      vnic.rates = {
        tx: Math.max(0, (counters.txFrames - last.counters.txFrames) / seconds),
        rx: Math.max(0, (counters.rxFrames - last.counters.rxFrames) / seconds),
      };
    }
  }
  before = next;
}

function show() {
  const { bridges, vnics } = shown;
  at('figures').hidden = bridges.length === 0;
  at('vnics').hidden = vnics.length === 0 && !state;
  at('bridges').parentElement.hidden = bridges.length === 0;
  showFigures(bridges, vnics);
  fill(at('bridges'), bridges.map(bridge => bridgeCard(bridge, vnics)));
  showVnics();
  showNext();
}

function figure(title, value, of, className) {
  return make('div', className || '', make('dt', '', title), make('dd', '', value, make('small', '', of)));
}

function showFigures(bridges, vnics) {
  const connected = bridges.filter(bridge => bridge.status.state !== 'disconnected').length;
  const inState = wanted => vnics.filter(vnic => vnic.status.state === wanted).length;
  const desired = sum(bridges, bridge => bridge.status.flowsDesired);
  const installed = sum(bridges, bridge => bridge.status.flowsInstalled);
  const forged = sum(vnics, vnic => vnic.status.counters ? vnic.status.counters.spoofedDrops : 0);
  const some = shown.more ? '+' : '';
  const figures = [
    figure('Bridges connected', exact.format(connected), ' of ' + exact.format(bridges.length), connected < bridges.length ? 'pending' : ''),
    figure('Flows installed', brief(installed), ' of ' + brief(desired), installed < desired ? 'pending' : ''),
  ];
  if (!state && vnics.length > 0) {
    figures.push(
      figure('vNICs active', exact.format(inState('active')), ' of ' + exact.format(vnics.length) + some),
      figure('vNICs waiting', exact.format(inState('pending')) + some, '', inState('pending') ? 'pending' : ''),
      figure('vNICs blocked', exact.format(inState('blocked')) + some, '', inState('blocked') ? 'failed' : ''),
      figure('vNICs failed', exact.format(inState('failed')) + some, '', inState('failed') ? 'failed' : ''),
      figure('Forged, dropped', brief(forged) + some, ''));
  }
  fill(at('figures'), figures);
}

function bridgeCard(bridge, vnics) {
  const status = bridge.status;
  const name = bridge.name || localName(bridge) || 'Bridge';
  const card = make('article', 'bridge',
    make('header', '', make('h3', '', name, mono(bridge.dpid)), stateOf(status.state)));
  const facts = [];
  if (status.address) facts.push(status.address);
  if (status.openFlowVersion) facts.push('OpenFlow ' + status.openFlowVersion);
  if (!bridge.managed) facts.push('only read: nobody has put it');
  else if (status.state === 'disconnected') facts.push('waiting for it to connect');
  else facts.push(exact.format(status.flowsInstalled) + ' of ' + count(status.flowsDesired, 'flow', 'flows'));
  if (status.lastSync) facts.push('last sync ' + syncText(status.lastSync));
  card.append(make('p', '', facts.join(' · ')));
  const states = new Map(vnics.map(vnic => [vnic.id, vnic.status.state]));
  if (status.ports.length > 0) card.append(panel(status.ports, states));
  if (status.problems.length > 0) {
    card.append(make('ul', 'problems', ...status.problems.map(problem => make('li', '', problem))));
  }
  return card;
}

function syncText(sync) {
  const flows = sync.flowsAdded + sync.flowsModified + sync.flowsDeleted;
  const groups = sync.groupsAdded + sync.groupsModified + sync.groupsDeleted;
  const sent = flows + groups === 0 ? 'found nothing to do' : 'sent ' + count(flows, 'flow', 'flows') + ', ' + count(groups, 'group', 'groups');
  return sent + ' (' + exact.format(sync.durationMs) + ' ms)';
}

const localName = bridge => (bridge.status.ports.find(port => port.number === LOCAL) || {}).name;

/** The ports as the jacks of a patch panel: uplinks first, then vNICs, then what is unused. */
function panel(ports, states) {
  const order = ['uplink', 'vnic', 'unused'];
  const sorted = [...ports].sort((one, other) => order.indexOf(one.use) - order.indexOf(other.use) || one.number - other.number);
  const jacks = sorted.slice(0, MOST_JACKS).map(port => {
    const what = port.use === 'vnic' ? 'vNIC ' + port.vnic + (states.has(port.vnic) ? ', ' + states.get(port.vnic) : '') : port.use;
    const jack = make('li', [port.use, states.get(port.vnic) || '', port.linkUp ? '' : 'down'].join(' ').trim(),
      port.name, make('span', 'unseen', ': ' + what + (port.linkUp ? '' : ', link down')));
    jack.title = port.name + ' (port ' + port.number + '): ' + what + (port.linkUp ? '' : ', link down');
    return jack;
  });
  if (sorted.length > MOST_JACKS) jacks.push(make('li', 'more', 'and ' + exact.format(sorted.length - MOST_JACKS) + ' more'));
  return make('ul', 'panel', ...jacks);
}

function showVnics() {
  const names = new Map(shown.bridges.map(bridge => [bridge.dpid, bridge.name || localName(bridge) || bridge.dpid]));
  const wanted = at('search').value.trim().toLowerCase();
  const rows = shown.vnics.filter(vnic => !wanted
    || [vnic.id, vnic.mac, String(vnic.port), vnic.bridge, names.get(vnic.bridge) || '', vnic.portGroup].some(text => text.toLowerCase().includes(wanted)));
  fill(at('rows'), rows.map(vnic => row(vnic, names)));
  const notes = [];
  if (rows.length === 0) notes.push('No vNIC here fits.');
  if (shown.more) notes.push('These are the first ' + exact.format(MOST_VNICS) + '; the API lists all: /api/v1/vnics');
  if (at('note').textContent !== notes.join(' ')) at('note').textContent = notes.join(' ');
}

function row(vnic, names) {
  const status = vnic.status;
  const counters = status.counters;
  const traffic = (frames, rate) => counters
    ? make('td', 'number', brief(frames), make('small', '', rate === undefined ? 'frames' : brief(Math.round(rate)) + ' frames/s'))
    : make('td', 'number', '–');
  const state = make('td', '', stateOf(status.state));
  if (status.reason) state.append(make('small', 'reason', BLOCKS[status.reason] || status.reason));
  if (status.mirroring) state.append(make('small', 'mirroring', 'mirroring its segment'));
  if (status.promiscuousDenied) state.append(make('small', 'reason', 'promiscuous mode denied'));
  return make('tr', '',
    make('td', '', make('strong', '', vnic.id)),
    state,
    make('td', '', String(vnic.port) + (typeof vnic.port === 'number' ? '' : status.portNumber ? ' (' + status.portNumber + ')' : ''),
      make('small', '', names.get(vnic.bridge) || vnic.bridge)),
    make('td', '', mono(vnic.mac), status.effectiveMac === vnic.mac ? '' : make('small', '', 'uses ', mono(status.effectiveMac))),
    make('td', '', vnic.portGroup),
    make('td', '', status.uplink || '–'),
    traffic(counters && counters.txFrames, vnic.rates && vnic.rates.tx),
    traffic(counters && counters.rxFrames, vnic.rates && vnic.rates.rx),
    make('td', counters && counters.spoofedDrops > 0 ? 'number alarm' : 'number', counters ? exact.format(counters.spoofedDrops) : '–'));
}

/** While something is missing, the command that comes next. */
function showNext() {
  const next = nextStep();
  at('next').hidden = !next;
  if (!next || at('next-title').textContent + at('commands').dataset.text === next.title + next.commands.join()) return;
  at('next-title').textContent = next.title;
  at('next-text').textContent = next.text;
  at('commands').dataset.text = next.commands.join();
  at('commands').replaceChildren(...next.commands.map(command));
}

function nextStep() {
  const { bridges, vnics } = shown;
  if (bridges.length === 0) {
    return {
      title: 'Point a bridge at Plugboard',
      text: 'No bridge has connected yet. On a host with Open vSwitch, for a bridge that does not carry the host’s own network:',
      commands: ['ovs-vsctl set bridge br0 other-config:disable-in-band=true \\\n  -- set-fail-mode br0 secure \\\n  -- set-controller br0 tcp:' + location.hostname + ':6653'],
    };
  }
  const stranger = bridges.find(bridge => !bridge.managed && bridge.status.state !== 'disconnected');
  if (stranger && !bridges.some(bridge => bridge.managed)) {
    const uplink = stranger.status.ports.find(port => port.number !== LOCAL);
    return {
      title: 'Let Plugboard program this bridge',
      text: 'It is connected, and only read until somebody puts it. Name its ports towards the physical network as its uplinks:',
      commands: [put('/bridges/' + stranger.dpid, { name: localName(stranger) || '', uplinks: uplink ? [uplink.name] : [] })],
    };
  }
  if (vnics.length === 0 && !state) {
    const bridge = bridges.find(each => each.managed) || bridges[0];
    const port = bridge.status.ports.find(each => each.use === 'unused' && each.number !== LOCAL);
    return {
      title: 'Plug in the first vNIC',
      text: 'A port group says how its vNICs are connected; a vNIC is a MAC at a port of a bridge.',
      commands: [
        put('/port-groups/blue', { vlan: { mode: 'untagged' } }),
        put('/vnics/web-1?wait=active', { bridge: bridge.dpid, port: port ? port.name : 'tap0', mac: '52:54:00:12:34:56', portGroup: 'blue' }),
      ],
    };
  }
  return null;
}

const quoted = text => "'" + text.replaceAll("'", "'\\''") + "'";
const put = (path, value) => 'curl -X PUT ' + quoted(location.origin + '/api/v1' + path)
  + " \\\n  -H 'Content-Type: application/json' \\\n  -d " + quoted(JSON.stringify(value));

function command(text) {
  const button = make('button', '', 'Copy');
  button.type = 'button';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  });
  const box = make('div', 'command', make('pre', '', text));
  if (navigator.clipboard) box.append(button);
  return box;
}

function addStates() {
  for (const each of ['', ...STATES]) {
    const radio = make('input', '');
    radio.type = 'radio';
    radio.name = 'state';
    radio.checked = each === '';
    radio.addEventListener('change', () => {
      state = each;
      ask();
    });
    at('states').append(make('label', '', radio, make('span', '', each || 'all')));
  }
}

addStates();
at('search').addEventListener('input', showVnics);
document.addEventListener('visibilitychange', () => document.hidden || ask());
setInterval(() => document.hidden || ask(), PERIOD_MS);
ask();
