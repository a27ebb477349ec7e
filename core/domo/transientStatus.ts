/** Whether the same request may be answered another time: Domo, or what stands before it, is busy or away. */
export function isTransientStatus(status: number): boolean {
	return status === 408 || status === 429 || status >= 500;
}
