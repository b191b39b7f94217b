import { useEffect, useState } from 'preact/hooks';

const read = () => Math.floor(Date.now() / 1000);

/** The time in unix seconds, read again every second. */
export function useNow(): number {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
