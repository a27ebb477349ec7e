import type { NodeHint } from 'n8n-workflow';

import { nameContradictsContent } from './nameContradictsContent';
import { CONTENT_OF, contradicted } from '../../../core/names/contentByExtension';

const surprising = (type: 'info' | 'warning', option: string, message: string): NodeHint => ({
	type,
	message,
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ ${option} }}`,
});

/** Effects of settings that users may not expect; the editor shows it beside the parameters until the node has run. */
export const parameterHints: NodeHint[] = [
	surprising(
		'info',
		'$parameter.publishing?.onlyIfChanged === true',
		"'Only If Changed' compares only the data and the settings under Rows: after a change to others, the file stays as it is until the DataSet changes. Turn it off for one run to write the file again.",
	),
	surprising(
		'info',
		'$parameter.fileFormat?.escapeFormulas === true',
		"'Escape Formulas' changes the data: programs other than spreadsheets see the apostrophes, too.",
	),
	surprising(
		'warning',
		'$parameter.publishing?.rowCheck === "off"',
		"'Row Check' is Off: an export that Domo cut short would be published.",
	),
	surprising(
		'warning',
		// The editor evaluates the source, without this package.
		`(${nameContradictsContent.toString()})($rawParameter.toJSON?.() ?? $rawParameter, ${contradicted.toString()}, ${JSON.stringify(CONTENT_OF)})`,
		"'Filename' or 'File Extension' doesn't match what the file will contain: its format, compression and encryption are set under File Format.",
	),
	surprising(
		'warning',
		'$parameter.destination === "sftp" && $parameter.publishing?.temporaryName === "none"',
		"'Temporary Name' is None: the file is written in place. Readers may see part of it, and when a writeback fails, the old file is overwritten or incomplete.",
	),
];
