import type { StoredJob } from '../../store/generation-jobs.ts';

/** What a part is called where it is downloaded, such as `tmpl_x.00007-of-00012.csv`: in the order of names they are the output, or its files. */
export function partName({ about: { fileName }, parts }: Pick<StoredJob, 'about' | 'parts'>, number: number): string {
  const dot = fileName.lastIndexOf('.');
  const [of, nth] = [parts, number].map((one) => String(one).padStart(5, '0'));
  return `${fileName.slice(0, dot)}.${nth}-of-${of}${fileName.slice(dot)}`;
}
