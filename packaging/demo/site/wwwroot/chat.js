// SPDX-License-Identifier: MIT
'use strict';

const texts = {
  'zh-TW': {
    title: '聊天室', servedBy: '服務槽位', version: '版本', reconnects: '重新連線次數', longestGap: '最長中斷',
    send: '送出', user: '暱稱', text: '說些什麼…', other: 'English',
    connecting: '連線中', connected: '已連線', reconnecting: '重新連線中', closed: '已斷線，請重新整理頁面',
  },
  en: {
    title: 'Chat', servedBy: 'Served by slot', version: 'version', reconnects: 'reconnects', longestGap: 'longest gap',
    send: 'Send', user: 'Name', text: 'Say something…', other: '中文',
    connecting: 'Connecting', connected: 'Connected', reconnecting: 'Reconnecting', closed: 'Disconnected: reload the page',
  },
};

const element = id => document.getElementById(id);
const wanted = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('lang') ?? navigator.language;
let language = wanted.toLowerCase().startsWith('zh') ? 'zh-TW' : 'en';
let state = 'connecting';

function translate() {
  const words = texts[language];
  document.documentElement.lang = language;
  document.title = words.title;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = words[node.dataset.text];
  element('user').placeholder = words.user;
  element('text').placeholder = words.text;
  element('language').textContent = words.other;
  element('state').textContent = words[state];
  element('light').className = state;
}

function enter(next) {
  state = next;
  translate();
}

element('language').onclick = () => {
  language = language === 'en' ? 'zh-TW' : 'en';
  localStorage.setItem('lang', language);
  translate();
};

function show(user, text) {
  const line = document.createElement('li');
  const name = document.createElement('b');
  name.textContent = user;
  line.append(name, ' ', text);
  element('messages').append(line);
  line.scrollIntoView();
}

const connection = new signalR.HubConnectionBuilder()
  .withUrl('UpdateHub')
  .withAutomaticReconnect([0, 2000, 10000, 30000])
  .build();

connection.on('ReceiveMessage', show);
connection.on('History', messages => {
  element('messages').replaceChildren();
  for (const { user, text } of messages) show(user, text);
});

async function whoServes() {
  const me = await connection.invoke('WhoAmI');
  element('slot').textContent = me.slot;
  element('version').textContent = me.version;
  document.body.dataset.version = me.version;
}

let lostAt = 0;
let longestGap = 0;
connection.onreconnecting(() => {
  lostAt = performance.now();
  enter('reconnecting');
});
connection.onreconnected(() => {
  longestGap = Math.max(longestGap, performance.now() - lostAt);
  element('gap').textContent = `${Math.round(longestGap)} ms`;
  element('reconnects').textContent = Number(element('reconnects').textContent) + 1;
  enter('connected');
  whoServes();
});
connection.onclose(() => enter('closed'));

element('form').onsubmit = async event => {
  event.preventDefault();
  await connection.invoke('SendMessage', element('user').value, element('text').value);
  element('text').value = '';
};

translate();
connection.start().then(() => { enter('connected'); return whoServes(); }).catch(() => enter('closed'));
