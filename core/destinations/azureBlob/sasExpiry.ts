import { day, type Sas } from './sas';

/** Long enough to get a new token from whoever makes them, short enough not to be overlooked in the end. */
const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;

/** A sentence for a token that works for no more than two weeks. When the time is in a stored access policy, nobody knows. */
export function expiryWarnings({ expires }: Pick<Sas, 'expires'>, account: string): readonly string[] {
	if (expires === undefined) return [];
	const days = Math.floor((expires.getTime() - Date.now()) / DAY_MS);
	if (days > SOON_DAYS) return [];
	const remainingMs = days < 1 ? 'in less than a day' : days === 1 ? 'in a day' : `in ${days} days`;
	return [
		`The SAS token of ${account} expires ${remainingMs}, on ${day(expires)}. Replace it in the Azure Blob SAS credential before then.`,
	];
}
