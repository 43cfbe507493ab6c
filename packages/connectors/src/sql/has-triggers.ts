/** The notice of a table whose rows are not what was sent, or not all of them. */
export const HAS_TRIGGERS = 'it has triggers, which may change or refuse rows';
