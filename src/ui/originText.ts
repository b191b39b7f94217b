import { cleanText } from './cleanText';

/** A site's origin, split so that the part that tells sites apart can stand out. */
export type OriginText = {
  scheme: string;
  /** Everything before the registrable part, with its last dot; may be empty. */
  prefix: string;
  /** The part that someone registered, such as `example.co.uk`; never to be shortened. */
  registrable: string;
  /** `:port`, or empty. */
  port: string;
  notes: readonly OriginNote[];
};

/** Something to know about a site before reading on. */
export type OriginNote = { tone: 'info' | 'warning'; text: string };

/** Second-level names under which registries sell, and hosts where everybody can open a site. */
const sharedSuffixes = new Set([
  'github.io',
  'gitlab.io',
  'pages.dev',
  'workers.dev',
  'vercel.app',
  'netlify.app',
  'web.app',
  'firebaseapp.com',
  'herokuapp.com',
  'fly.dev',
  'onrender.com',
  'surge.sh',
  'eth.limo',
  'eth.link',
]);
const registrySeconds = new Set([
  'ac',
  'co',
  'com',
  'edu',
  'gob',
  'gov',
  'ltd',
  'me',
  'ne',
  'net',
  'nom',
  'or',
  'org',
  'plc',
]);

const isIpAddress = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.startsWith('[');

const isThisComputer = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || (isIpAddress(host) && /^(127\.|\[::1\])/.test(host));

function registrableLabels(labels: readonly string[]): number {
  const suffix = labels.slice(-2).join('.');
  const [second = '', top = ''] = labels.slice(-2);
  const shared = sharedSuffixes.has(suffix) || (top.length === 2 && registrySeconds.has(second));
  return shared ? 3 : 2;
}

const otherLetters =
  'This name is written with letters outside a–z and may imitate another site. It is shown in its technical form.';
const notEncrypted = 'This connection is not encrypted. Others on the way can change the site.';
const numberForName = 'This site has a number for a name. It can’t be told who runs it.';

function connectionNotes(url: URL): OriginNote[] {
  if (isThisComputer(url.hostname)) return [{ tone: 'info', text: 'This site runs on your own computer.' }];
  if (url.protocol !== 'https:') return [{ tone: 'warning', text: notEncrypted }];
  return isIpAddress(url.hostname) ? [{ tone: 'warning', text: numberForName }] : [];
}

function notesOf(url: URL): OriginNote[] {
  const isPunycode = url.hostname.split('.').some((label) => label.startsWith('xn--'));
  return [...(isPunycode ? [{ tone: 'warning', text: otherLetters } as const] : []), ...connectionNotes(url)];
}

function unreadable(origin: string): OriginText {
  return {
    scheme: '',
    prefix: '',
    registrable: cleanText(origin, 256) || 'unknown',
    port: '',
    notes: [
      { tone: 'warning', text: 'This is not the address of a site. Reject unless you know why it is here.' },
    ],
  };
}

/** Splits an origin for display. The host is always its ASCII form. */
export function originText(origin: string): OriginText {
  if (!URL.canParse(origin)) return unreadable(origin);
  const url = new URL(origin);
  if (url.hostname === '') return unreadable(origin);
  const labels = url.hostname.split('.');
  const count = isIpAddress(url.hostname) ? labels.length : registrableLabels(labels);
  const prefix = labels.slice(0, -count).join('.');
  return {
    scheme: `${url.protocol}//`,
    prefix: prefix === '' ? '' : `${prefix}.`,
    registrable: labels.slice(-count).join('.'),
    port: url.port === '' ? '' : `:${url.port}`,
    notes: notesOf(url),
  };
}

/** An origin on one line, whole, in its ASCII form. */
export function originLine(origin: string): string {
  const { scheme, prefix, registrable, port } = originText(origin);
  return `${scheme}${prefix}${registrable}${port}`;
}
