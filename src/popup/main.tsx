import { render } from 'preact';
import { createPopupClient } from '../messaging/popupClient';
import { App } from './App';

const root = document.getElementById('root');
if (root !== null) {
  root.textContent = '';
  render(<App client={createPopupClient()} />, root);
}
