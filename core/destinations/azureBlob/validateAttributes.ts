import type { Attributes } from '../destination';
import { OWN_NAMES } from './blobMetadata';
import type { Sas } from './sas';
import { METADATA_BOUND } from './valueErrorCodes';
import { invalidParameter, sanitize, WritebackError } from '../../support/errors';

/** Names and values together (learn.microsoft.com, "Setting and retrieving properties and metadata for Blob resources"). */
const METADATA_BYTES = 8192;

/** Room for what this node keeps there itself. */
const OWN_BYTES = 300;

/** learn.microsoft.com, "Manage and find Azure Blob data with blob index tags". */
const [MOST_TAGS, TAG_NAME_LENGTH, TAG_VALUE_LENGTH] = [10, 128, 256];
const TAG_TEXT = /^[A-Za-z0-9 +\-./:=_]*$/;

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What a header carries unchanged: printable ASCII without spaces around it. */
const HEADER_TEXT = /^(?! )[\x20-\x7e]*(?<! )$/;

/** Refuses, before anything is sent, what Azure would refuse only when all data is there. Throws `setting`, or `destinationLogin` when the SAS may not set tags. */
export function validateAttributes(attributes: Attributes, sas: Sas): void {
	const { contentType, cacheControl = '', metadata, tags } = attributes;
	checkHeader('Content Type', contentType, 'text/csv; charset=utf-8');
	checkHeader('Cache Control', cacheControl, 'no-cache');
	checkMetadata(metadata);
	checkTags(tags);
	const mayTag = sas.permissions === '' || sas.permissions.includes('t');
	if (mayTag || Object.keys(tags).length === 0) return;
	throw new WritebackError('destinationLogin', "The SAS token doesn't allow setting tags (sp lacks t)", {
		hint: "Create a token that also has the permission Tags, or remove Publishing → 'Tags'.",
	});
}

function checkHeader(label: string, value: string, example: string): void {
	if (HEADER_TEXT.test(value)) return;
	throw invalidParameter(
		label,
		'Azure accepts only ASCII letters, digits and punctuation here',
		`Use a value such as ${example}.`,
	);
}

function checkMetadata(metadata: Attributes['metadata']): void {
	const names = new Set<string>();
	let bytes = 0;
	for (const [name, value] of Object.entries(metadata)) {
		const key = name.toLowerCase();
		if (!IDENTIFIER.test(name)) {
			const hint = "Use letters, digits and _, and don't start with a digit, e.g. source_system.";
			throw invalidParameter('Metadata', `"${sanitize(name)}" isn't a valid name`, hint);
		}
		if (OWN_NAMES.includes(key)) {
			throw invalidParameter(
				'Metadata',
				`${sanitize(name)} is set by the node`,
				'Choose another name, e.g. source_system.',
			);
		}
		if (names.has(key)) {
			throw invalidParameter(
				'Metadata',
				`${sanitize(name)} is listed twice`,
				'Remove one of them. Azure ignores case in names, so Source and source are the same name.',
			);
		}
		if (!HEADER_TEXT.test(value)) {
			const hint = 'Use only ASCII letters, digits and punctuation, e.g. sales-emea. Encode anything else.';
			throw invalidParameter('Metadata', `Azure can't store the value of ${sanitize(name)}`, hint);
		}
		names.add(key);
		bytes += name.length + value.length;
	}
	if (bytes + OWN_BYTES > METADATA_BYTES) {
		throw invalidParameter('Metadata', 'names and values are too long in total', METADATA_BOUND);
	}
}

function checkTags(tags: Attributes['tags']): void {
	const entries = Object.entries(tags);
	if (entries.length > MOST_TAGS)
		throw invalidParameter(
			'Tags',
			`there are ${entries.length}, but a blob can have up to 10`,
			"Remove the tags that aren't needed.",
		);
	for (const [name, value] of entries) {
		if (name === '' || name.length > TAG_NAME_LENGTH || !TAG_TEXT.test(name)) {
			const hint = 'Use 1 to 128 letters, digits, spaces and + - . / : = _, e.g. project.';
			throw invalidParameter('Tags', `"${sanitize(name)}" isn't a valid name`, hint);
		}
		if (value.length > TAG_VALUE_LENGTH || !TAG_TEXT.test(value)) {
			const hint = 'Use up to 256 letters, digits, spaces and + - . / : = _, e.g. sales-emea.';
			throw invalidParameter('Tags', `Azure can't store the value of ${sanitize(name)}`, hint);
		}
	}
}
