import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync, type ESTree } from 'vite';
import { either, type Fields, type Shape } from './shape.ts';

type Declared = ESTree.TSInterfaceDeclaration | ESTree.TSTypeAliasDeclaration;
type Elsewhere = { file: string; /** `*`: all of it, as a namespace. */ name: string };
/** A module of declarations: `A.B` is what stands in namespace A as B. */
type Module = {
  declared: Map<string, Declared>;
  classes: Map<string, ESTree.Class>;
  imported: Map<string, Elsewhere>;
  passedOn: Elsewhere[];
};

const keywords: Partial<Record<ESTree.TSType['type'], Shape>> = {
  TSStringKeyword: { kind: 'text' },
  TSNumberKeyword: { kind: 'number' },
  TSBooleanKeyword: { kind: 'boolean' },
  TSNullKeyword: { kind: 'nothing' },
  TSUndefinedKeyword: { kind: 'nothing' },
};

/** The declarations of a package, read as they are asked for. */
export class Declarations {
  readonly #modules = new Map<string, Module>();

  /** @param file a `.d.ts` @returns the class that is declared in it */
  classOf(file: string, name: string): ESTree.Class | undefined {
    return this.#module(file).classes.get(name);
  }

  /** What a type, as it stands in a file, lets through. */
  shapeOf(file: string, type: ESTree.TSType, scope = ''): Shape {
    const plain = keywords[type.type];
    if (plain) return plain;
    if (type.type === 'TSParenthesizedType') return this.shapeOf(file, type.typeAnnotation, scope);
    if (type.type === 'TSArrayType') return { kind: 'list', of: this.shapeOf(file, type.elementType, scope) };
    if (type.type === 'TSUnionType')
      return either(
        type.types
          // `'a' | 'b' | OtherString`: the SDK keeps a door open for later words. Stripe's API of this version does not.
          .filter((one) => !(one.type === 'TSTypeReference' && nameOf(one.typeName) === 'OtherString'))
          .map((one) => this.shapeOf(file, one, scope)),
      );
    if (type.type === 'TSLiteralType') return literal(type.literal);
    if (type.type === 'TSTypeLiteral') return this.#members(file, type.members, [], scope);
    if (type.type === 'TSTypeReference') return this.#reference(file, type, scope);
    return { kind: 'anything' };
  }

  #reference(file: string, type: ESTree.TSTypeReference, scope: string): Shape {
    const name = nameOf(type.typeName);
    const [first] = type.typeArguments?.params ?? [];
    if (name === 'Array' && first) return { kind: 'list', of: this.shapeOf(file, first, scope) };
    // What may be taken away again: by an empty text.
    if (name === 'Emptyable' && first) return either([{ kind: 'nothing' }, this.shapeOf(file, first, scope)]);
    if (name === 'Decimal') return { kind: 'number' };
    const found = this.#find(file, name, scope);
    if (!found) return { kind: 'anything' };
    const { node } = found;
    if (node.type === 'TSTypeAliasDeclaration')
      return this.shapeOf(found.file, node.typeAnnotation, found.scope);
    return this.#members(found.file, node.body.body, node.extends, found.scope);
  }

  #members(
    file: string,
    members: readonly ESTree.TSSignature[],
    parents: readonly ESTree.TSInterfaceHeritage[],
    scope: string,
  ): Shape {
    const index = members.find((member) => member.type === 'TSIndexSignature');
    if (index) return { kind: 'map', of: this.shapeOf(file, index.typeAnnotation.typeAnnotation, scope) };
    let fields: Fields | undefined;
    const read = (): Fields => {
      const own = members.flatMap((member) =>
        member.type === 'TSPropertySignature' && member.typeAnnotation && keyOf(member.key) !== null
          ? [
              [
                keyOf(member.key)!,
                {
                  required: !member.optional,
                  shape: this.shapeOf(file, member.typeAnnotation.typeAnnotation, scope),
                },
              ] as const,
            ]
          : [],
      );
      const inherited = parents.flatMap(({ expression }) => {
        const found = expression.type === 'Identifier' ? this.#find(file, expression.name, scope) : null;
        if (found?.node.type !== 'TSInterfaceDeclaration') return [];
        const { body, extends: further } = found.node;
        const shape = this.#members(found.file, body.body, further, found.scope);
        return shape.kind === 'object' ? [...shape.fields()] : [];
      });
      return new Map([...inherited, ...own]);
    };
    return { kind: 'object', fields: () => (fields ??= read()) };
  }

  /** Where a name leads from a file, looked for from the innermost namespace outwards, then in what the file imports. */
  #find(file: string, name: string, scope: string): { file: string; node: Declared; scope: string } | null {
    const module = this.#module(file);
    for (let around = scope; ; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
      const full = around ? `${around}.${name}` : name;
      const node = module.declared.get(full);
      if (node) return { file, node, scope: full };
      if (!around) break;
    }
    const [first = '', ...rest] = name.split('.');
    const from = module.imported.get(first);
    if (from) {
      const there = from.name === '*' ? rest.join('.') : [from.name, ...rest].join('.');
      return this.#find(from.file, there, '');
    }
    for (const passed of module.passedOn) {
      const found = passed.name === '*' || passed.name === first ? this.#find(passed.file, name, '') : null;
      if (found) return found;
    }
    return null;
  }

  #module(file: string): Module {
    const known = this.#modules.get(file);
    if (known) return known;
    const module = readModule(file);
    this.#modules.set(file, module);
    return module;
  }
}

function readModule(file: string): Module {
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'), { lang: 'dts' });
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]!.message}`);
  const module: Module = { declared: new Map(), classes: new Map(), imported: new Map(), passedOn: [] };
  const beside = (source: string) => join(dirname(file), source.replace(/\.js$/, '.d.ts'));
  const walk = (nodes: readonly ESTree.Node[], scope: string) => {
    for (const node of nodes) {
      if (node.type === 'ExportNamedDeclaration' && node.declaration) walk([node.declaration], scope);
      else if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration')
        module.declared.set(scope + node.id.name, node);
      else if (node.type === 'TSModuleDeclaration' && node.id.type === 'Identifier' && node.body)
        walk(node.body.body, `${scope}${node.id.name}.`);
      else if (node.type === 'ClassDeclaration' && node.id) module.classes.set(node.id.name, node);
    }
  };
  walk(program.body, '');
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration')
      for (const one of node.specifiers)
        module.imported.set(one.local.name, {
          file: beside(node.source.value),
          name:
            one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' ? one.imported.name : '*',
        });
    if (node.type === 'ExportAllDeclaration')
      module.passedOn.push({ file: beside(node.source.value), name: '*' });
    if (node.type === 'ExportNamedDeclaration' && node.source)
      for (const one of node.specifiers)
        if (one.exported.type === 'Identifier')
          module.passedOn.push({ file: beside(node.source.value), name: one.exported.name });
  }
  return module;
}

const nameOf = (name: ESTree.TSTypeName): string => {
  if (name.type === 'Identifier') return name.name;
  return name.type === 'TSQualifiedName' ? `${nameOf(name.left)}.${name.right.name}` : '';
};

const keyOf = (key: ESTree.PropertyKey): string | null => {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : null;
};

function literal(value: ESTree.TSLiteral): Shape {
  if (value.type !== 'Literal') return { kind: 'anything' };
  if (typeof value.value === 'string')
    return value.value === '' ? { kind: 'nothing' } : { kind: 'word', words: [value.value] };
  return { kind: typeof value.value === 'boolean' ? 'boolean' : 'number' };
}
