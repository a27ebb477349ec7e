import ts from 'typescript';
import type { Reading } from './evaluate';
import type { Frame } from './frames';
import { codeOf } from './source';
import { known, type Value } from './value';

/** Both ways, one after the other; the same condition is met the same way. */
export function wayOf({ choices }: Reading, condition: ts.Expression, frame: Frame | undefined): boolean {
	return choices.choose(`${frame?.id ?? 0}: ${codeOf(condition)}`, 2) === 0;
}

/** Whether a condition holds; undefined when only a run can tell. */
export function truthOf(reading: Reading, node: ts.Expression, frame: Frame | undefined): boolean | undefined {
	if (ts.isParenthesizedExpression(node)) return truthOf(reading, node.expression, frame);
	if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
		const truth = truthOf(reading, node.operand, frame);
		return truth === undefined ? undefined : !truth;
	}
	if (ts.isBinaryExpression(node)) return compared(reading, node, frame);
	const value = ts.isIdentifier(node) || ts.isCallExpression(node) ? known(reading.value(node, frame)) : undefined;
	return typeof value === 'boolean' ? value : undefined;
}

function compared(reading: Reading, node: ts.BinaryExpression, frame: Frame | undefined): boolean | undefined {
	const wantsSame = node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
	if (!wantsSame && node.operatorToken.kind !== ts.SyntaxKind.ExclamationEqualsEqualsToken) return undefined;
	const [one, other] = [reading.value(node.left, frame), reading.value(node.right, frame)];
	const same = isSame(one, other);
	return same === undefined ? undefined : same === wantsSame;
}

function isSame(one: Value, other: Value): boolean | undefined {
	const [left, right] = [known(one), known(other)];
	if (typeof left !== 'object' && typeof right !== 'object') return left === right;
	// What is written down is not undefined.
	const isAskedFor =
		(left === undefined && other.kind === 'written') || (right === undefined && one.kind === 'written');
	return isAskedFor ? false : undefined;
}
