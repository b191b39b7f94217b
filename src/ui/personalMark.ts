import { createContext } from 'preact';

/** The person's own words for the head of every view; none as long as the background was not heard. */
export const PersonalMark = createContext<string | undefined>(undefined);
