import ts from 'typescript';
import type { Choices } from './choices';
import { type Frame, Frames } from './frames';
import { memberOf, namedValue } from './names';
import { outcomeOf } from './run';
import { isFunc, type Source } from './source';
import { gapOf, joined, maybeOf, type Template, textOf } from './template';
import { truthOf, wayOf } from './truth';
import { constant, gap, isNothing, known, text, UNKNOWN, type Value, words } from './value';
import type { Words } from './words';

/** One way through the source: the same question gets the same answer all along. */
export interface Reading {
	readonly source: Source;
	readonly choices: Choices;
	readonly frames: Frames;
	/** What names outside of all functions came to. */
	readonly known: Map<ts.Node, Value>;
	value(node: ts.Expression, frame: Frame | undefined): Value;
	/** As a sentence; what nobody has put into words is noted down, and stands there as code. */
	template(node: ts.Expression, frame: Frame | undefined): Template;
}

export function openReading(source: Source, said: Words, choices: Choices): Reading {
	const reading: Reading = {
		source,
		choices,
		frames: new Frames(source, choices),
		known: new Map(),
		value: (node, frame) => {
			const named = said.of(node);
			return named === undefined ? valueOf(reading, node, frame) : gap(named);
		},
		template: (node, frame) => {
			const value = reading.value(node, frame);
			if (value.kind === 'words') return value.template;
			if (value.kind === 'constant' && typeof value.value === 'number') return textOf(String(value.value));
			return gapOf(said.missing(node));
		},
	};
	return reading;
}

function valueOf(reading: Reading, node: ts.Expression, frame: Frame | undefined): Value {
	if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isAwaitExpression(node))
		return reading.value(node.expression, frame);
	if (ts.isStringLiteralLike(node)) return text(node.text);
	if (ts.isNumericLiteral(node)) return constant(Number(node.text));
	if (node.kind === ts.SyntaxKind.TrueKeyword) return constant(true);
	if (node.kind === ts.SyntaxKind.FalseKeyword) return constant(false);
	if (ts.isTemplateExpression(node)) return interpolated(reading, node, frame);
	if (ts.isIdentifier(node)) return namedValue(reading, node, frame);
	if (ts.isConditionalExpression(node)) return conditional(reading, node, frame);
	if (ts.isBinaryExpression(node)) return binary(reading, node, frame);
	if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
		const key = ts.isPropertyAccessExpression(node) ? node.name.text : reading.value(node.argumentExpression, frame);
		return memberOf(reading, reading.value(node.expression, frame), key, node);
	}
	if (ts.isCallExpression(node)) return called(reading, node, frame);
	const isWritten = ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node) || isFunc(node);
	return isWritten ? { kind: 'written', node, frame } : UNKNOWN;
}

function interpolated(reading: Reading, node: ts.TemplateExpression, frame: Frame | undefined): Value {
	const spans = node.templateSpans.flatMap(({ expression, literal }) => [
		reading.template(expression, frame),
		textOf(literal.text),
	]);
	return words(joined([textOf(node.head.text), ...spans]));
}

function binary(reading: Reading, node: ts.BinaryExpression, frame: Frame | undefined): Value {
	const { left, right, operatorToken } = node;
	switch (operatorToken.kind) {
		case ts.SyntaxKind.PlusToken:
			if (ts.isNumericLiteral(left) || ts.isNumericLiteral(right)) return UNKNOWN;
			return words(joined([reading.template(left, frame), reading.template(right, frame)]));
		case ts.SyntaxKind.AsteriskToken: {
			const [one, other] = [known(reading.value(left, frame)), known(reading.value(right, frame))];
			return typeof one === 'number' && typeof other === 'number' ? constant(one * other) : UNKNOWN;
		}
		case ts.SyntaxKind.QuestionQuestionToken:
		case ts.SyntaxKind.BarBarToken: {
			const value = reading.value(left, frame);
			return isNothing(value) || known(value) === '' ? reading.value(right, frame) : value;
		}
		default: {
			const truth = truthOf(reading, node, frame);
			return truth === undefined ? UNKNOWN : constant(truth);
		}
	}
}

/** Where one of two texts is empty, the other is one that is not always there. */
function conditional(reading: Reading, node: ts.ConditionalExpression, frame: Frame | undefined): Value {
	const { condition, whenTrue, whenFalse } = node;
	const truth = truthOf(reading, condition, frame);
	if (truth !== undefined) return reading.value(truth ? whenTrue : whenFalse, frame);
	if (isEmpty(whenTrue)) return words(maybeOf(reading.template(whenFalse, frame)));
	if (isEmpty(whenFalse)) return words(maybeOf(reading.template(whenTrue, frame)));
	return reading.value(wayOf(reading, condition, frame) ? whenTrue : whenFalse, frame);
}

function isEmpty(node: ts.Expression): boolean {
	return ts.isStringLiteralLike(node) && node.text === '';
}

/** Calls that leave a text what it says. */
const TRANSPARENT = new Set(['sanitize', 'String']);

function called(reading: Reading, node: ts.CallExpression, frame: Frame | undefined): Value {
	const { expression } = node;
	const [first] = node.arguments;
	if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'find')
		return memberOf(reading, reading.value(expression.expression, frame), UNKNOWN, node);
	if (!ts.isIdentifier(expression)) return UNKNOWN;
	if (TRANSPARENT.has(expression.text) && first) return reading.value(first, frame);
	const func = reading.value(expression, frame);
	if (func.kind !== 'written' || !isFunc(func.node)) return UNKNOWN;
	return outcomeOf(reading, reading.frames.open(func.node, func.frame, { node, from: frame }));
}
