/** `Retry-After` as milliseconds, 0 without it; it holds seconds or a date (RFC 9110, 10.2.3). */
export function parseRetryAfter(header: string | undefined): number {
	if (header === undefined) return 0;
	const seconds = Number(header);
	const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
	return Math.max(0, waitMs || 0);
}
