/** A piece of a sentence: text as it is, something that differs from time to time, or a part that is not always there. */
export type Piece =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'gap'; readonly words: string }
	| { readonly kind: 'maybe'; readonly inside: Template };

/** A sentence with gaps. */
export type Template = readonly Piece[];

export const textOf = (text: string): Template => (text === '' ? [] : [{ kind: 'text', text }]);
export const gapOf = (words: string): Template => [{ kind: 'gap', words }];
export const maybeOf = (inside: Template): Template => [{ kind: 'maybe', inside }];

/** Puts templates one behind the other; neighbouring texts become one. */
export function joined(templates: readonly Template[]): Template {
	const pieces: Piece[] = [];
	for (const piece of templates.flat()) {
		const last = pieces.at(-1);
		if (piece.kind === 'text' && last?.kind === 'text')
			pieces.splice(-1, 1, { kind: 'text', text: last.text + piece.text });
		else pieces.push(piece);
	}
	return pieces;
}

/** The text of a template without gaps; undefined when it has any. */
export function plain(template: Template): string | undefined {
	const [first, ...others] = template;
	if (first === undefined) return '';
	return first.kind === 'text' && others.length === 0 ? first.text : undefined;
}

/** Tells all sentences of this shape from all others. */
export function patternOf(template: Template): RegExp {
	return new RegExp(`^${sourceOf(template)}$`, 'su');
}

function sourceOf(template: Template): string {
	return template
		.map((piece) => {
			if (piece.kind === 'gap') return '.*?';
			if (piece.kind === 'maybe') return `(?:${sourceOf(piece.inside)})?`;
			return piece.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
		})
		.join('');
}

/** One sentence of this shape, with all that may be there. */
export function sampleOf(template: Template): string {
	return template
		.map((piece) => {
			if (piece.kind === 'maybe') return sampleOf(piece.inside);
			return piece.kind === 'gap' ? `<${piece.words}>` : piece.text;
		})
		.join('');
}

/** The same with each choice of what is not always there left out, nothing at all included. */
export function formsOf(template: Template): Template[] {
	const [first, ...others] = template;
	if (first === undefined) return [[]];
	const rest = formsOf(others);
	const whole = rest.map((form) => joined([[first], form]));
	return first.kind === 'maybe' ? [...whole, ...rest] : whole;
}

/** How much of it is text: of two shapes that fit a sentence, the one that says more is meant. */
export function textLength(template: Template): number {
	return template.reduce((sum, piece) => sum + (piece.kind === 'text' ? piece.text.length : 0), 0);
}

/** As Markdown of a table's cell: gaps in italics, parts that are not always there in brackets. */
export function markdownOf(template: Template): string {
	return template
		.map((piece) => {
			if (piece.kind === 'gap') return `*${piece.words}*`;
			if (piece.kind === 'maybe') return `[${markdownOf(piece.inside)}]`;
			return piece.text.replace(/[\\*_<>[\]|`~#]/g, '\\$&');
		})
		.join('');
}
