/**
 * Keeps the two lists of packages one: package.json is what npm installs, deno.json what
 * our imports mean. Says nothing about who may import them: `import_table.ts`.
 * @module
 */

/** The parts of package.json that are compared. */
export interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Where the two disagree, one sentence each. */
export function packageFaults(
  packageJson: PackageJson,
  imports: Readonly<Record<string, string>>,
): string[] {
  const installed = { ...packageJson.dependencies, ...packageJson.devDependencies };
  const wrong: string[] = [];
  for (const [name, version] of Object.entries(installed)) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) {
      wrong.push(`package.json: ${name} is "${version}", not one exact version`);
    }
  }
  for (const [name, address] of Object.entries(imports)) {
    const read = /^npm:((?:@[^/]+\/)?[^@/]+)@([^/]+)(\/.*)?$/.exec(address);
    if (!read) {
      wrong.push(`deno.json: "${name}" is "${address}", not npm:name@version`);
      continue;
    }
    const [, packageName = "", version, inside = ""] = read;
    if (installed[packageName] !== version) {
      wrong.push(
        `deno.json: ${packageName} is ${version}, package.json has ${
          installed[packageName]
        }`,
      );
    }
    if (name !== packageName + inside) {
      wrong.push(`deno.json: "${name}" means another package, ${packageName + inside}`);
    }
  }
  for (const name of Object.keys(packageJson.dependencies ?? {})) {
    if (!Object.hasOwn(imports, name)) {
      wrong.push(`deno.json does not have ${name} of package.json`);
    }
  }
  return wrong;
}
