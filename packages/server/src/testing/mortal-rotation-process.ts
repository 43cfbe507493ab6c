import { rotateSecrets } from '../rotate-secrets.ts';
import { MasterKeyFile } from '../security/master-key-file.ts';
import { SecretRotation } from '../services/secrets/secret-rotation.ts';

/**
 * A rotation as a process of its own that is killed at one of its steps:
 * `mortal-rotation-process.ts <data directory> <database> <step>`. Steps are the writing of the file, its end, and each look at the counts
 * in the transaction of a row; the rotation that has fewer steps ends well.
 */
const [dataDirectory = '', databaseUrl = '', last = ''] = process.argv.slice(2);

let step = 0;
const passStep = (): void => {
  if (++step === Number(last)) process.kill(process.pid, 'SIGKILL');
};
const write = MasterKeyFile.prototype.write;
MasterKeyFile.prototype.write = async function (keys) {
  passStep();
  await write.call(this, keys);
  passStep();
};
const run = SecretRotation.prototype.run;
SecretRotation.prototype.run = function (withDataKeys) {
  const { counts } = this;
  const watched = new Proxy(counts, {
    set: (target, name, value) => {
      passStep();
      return Reflect.set(target, name, value);
    },
  });
  Object.defineProperty(this, 'counts', { value: watched });
  return run.call(this, withDataKeys);
};

const rotated = await rotateSecrets({ dataDirectory, databaseUrl, dataKeys: true });
passStep();
console.log(JSON.stringify(rotated));
