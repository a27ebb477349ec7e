/** Whether the same HTTP request may be answered another time: the service, or a gateway in front of it, is busy or away. */
export function isTransientStatus(status: number): boolean {
	return status === 408 || status === 429 || status >= 500;
}
