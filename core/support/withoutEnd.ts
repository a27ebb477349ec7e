/** A text without the characters at its end that `dropped` matches, one by one: a regex that looks for an end tries every place where one may begin. */
export function withoutEnd(text: string, dropped: RegExp): string {
	let end = text.length;
	while (end > 0 && dropped.test(text[end - 1] ?? '')) end -= 1;
	return text.slice(0, end);
}
