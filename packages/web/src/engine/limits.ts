export { MAX_FIELDS } from '@datamaker/engine/limits';
