/**
 * What a code cell declares, imports and ends with, read from its syntax.
 *
 * @module
 */
import type ts from "typescript";

/** A piece of a cell's source to put something else for; equal ends insert. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** One name that an import statement brings in. */
export type ImportedName = {
  /** Name in the cell. */
  readonly local: string;
  /** Module and exported name: equal for imports that mean the same. */
  readonly origin: string;
  /** Text of the specifier as it stands. */
  readonly text: string;
  /** Where in the statement it stands. */
  readonly form: "default" | "namespace" | "named";
};

/** One import statement of a cell. */
export type CellImport = {
  readonly start: number;
  readonly end: number;
  readonly typeOnly: boolean;
  readonly from: string;
  readonly names: readonly ImportedName[];
};

/** A name that a cell declares at its top level, and where. */
export type Declared = {
  readonly name: string;
  readonly start: number;
  readonly isFunction: boolean;
};

/** Syntax of a code cell. */
export type CellSyntax = {
  readonly declared: readonly Declared[];
  readonly imports: readonly CellImport[];
  /** Names read while the cell itself runs, not inside functions that it defines. */
  readonly reads: ReadonlyMap<string, number>;
  /** Edits that hand the value of the cell to `result`, and resolve relative imports. */
  readonly edits: readonly Edit[];
  /** Errors of syntax with their place. */
  readonly errors: readonly { readonly message: string; readonly start: number }[];
};

/** The TypeScript compiler, as a value. */
export type Compiler = typeof ts;

/** Loads the TypeScript compiler, once it is needed. */
export async function loadCompiler(): Promise<Compiler> {
  return (await import("typescript")).default;
}

/** Parses a text as a module, whether or not it imports anything; `name` may end in `.tsx`. */
export function parseModule(
  compiler: Compiler,
  source: string,
  name: "cell.ts" | "cell.tsx" = "cell.ts",
): ts.SourceFile {
  const { ESNext } = compiler.ScriptTarget;
  return compiler.createSourceFile(name, `${source}\nexport {};`, ESNext, true);
}

/** What the parser said of a file, which the compiler's types do not show. */
export function diagnosticsOf(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (file as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] })
    .parseDiagnostics;
}

/** Errors that the parser found in a file. */
export function parseErrors(compiler: Compiler, file: ts.SourceFile): CellSyntax["errors"] {
  const end = file.text.length - "\nexport {};".length;
  return diagnosticsOf(file).map(({ messageText, start }) => ({
    message: compiler.flattenDiagnosticMessageText(messageText, " "),
    start: Math.min(start, end),
  }));
}

/** Errors of syntax in a text. */
function syntaxErrors(compiler: Compiler, source: string): CellSyntax["errors"] {
  return parseErrors(compiler, parseModule(compiler, source));
}

/** Adds the names of a binding, patterns included. */
export function bindingNames(
  compiler: Compiler,
  name: ts.BindingName,
  out: ts.Identifier[],
): void {
  if (compiler.isIdentifier(name)) return void out.push(name);
  for (const element of name.elements) {
    if (compiler.isBindingElement(element)) bindingNames(compiler, element.name, out);
  }
}

/** Names that a statement declares at the top level, imports aside. */
function declaredBy(compiler: Compiler, statement: ts.Statement): Declared[] {
  const names: ts.Identifier[] = [];
  const c = compiler;
  if (c.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations) bindingNames(c, name, names);
  } else if (
    c.isFunctionDeclaration(statement) || c.isClassDeclaration(statement) ||
    c.isInterfaceDeclaration(statement) || c.isTypeAliasDeclaration(statement) ||
    c.isEnumDeclaration(statement)
  ) {
    if (statement.name) names.push(statement.name);
  } else if (c.isModuleDeclaration(statement) && c.isIdentifier(statement.name)) {
    names.push(statement.name);
  }
  const isFunction = c.isFunctionDeclaration(statement);
  return names.map((name) => ({ name: name.text, start: name.getStart(), isFunction }));
}

/** Reads one import statement. */
export function importOf(compiler: Compiler, node: ts.ImportDeclaration): CellImport {
  const from = (node.moduleSpecifier as ts.StringLiteral).text;
  const clause = node.importClause;
  const names: ImportedName[] = [];
  if (clause?.name) {
    names.push({
      local: clause.name.text,
      origin: `${from}#default`,
      text: clause.name.text,
      form: "default",
    });
  }
  const bindings = clause?.namedBindings;
  if (bindings && compiler.isNamespaceImport(bindings)) {
    const text = bindings.getText();
    names.push({ local: bindings.name.text, origin: `${from}#*`, text, form: "namespace" });
  } else if (bindings) {
    for (const element of bindings.elements) {
      const exported = (element.propertyName ?? element.name).text;
      names.push({
        local: element.name.text,
        origin: `${from}#${exported}`,
        text: element.getText(),
        form: "named",
      });
    }
  }
  const typeOnly = clause?.phaseModifier === compiler.SyntaxKind.TypeKeyword;
  return { start: node.getStart(), end: node.getEnd(), typeOnly, from, names };
}

/** Tells whether a statement leaves the value of a cell as it was. */
function keepsValue(compiler: Compiler, node: ts.Statement): boolean {
  return compiler.isVariableStatement(node) || compiler.isFunctionDeclaration(node) ||
    compiler.isClassDeclaration(node) || compiler.isInterfaceDeclaration(node) ||
    compiler.isTypeAliasDeclaration(node) || compiler.isEnumDeclaration(node) ||
    compiler.isModuleDeclaration(node) || compiler.isImportDeclaration(node) ||
    compiler.isExportDeclaration(node) || compiler.isEmptyStatement(node);
}

/** Edits that pass an expression through `result`. */
function passed(node: ts.Node, result: string): Edit[] {
  const [start, end] = [node.getStart(), node.getEnd()];
  return [{ start, end: start, text: `${result}((` }, { start: end, end, text: "))" }];
}

/**
 * Edits that hand the value of a cell, the completion value of ECMAScript, to `result`: that of
 * the last statement that is no declaration, be it an expression or a loop around one.
 */
export function resultEdits(compiler: Compiler, file: ts.SourceFile, result: string): Edit[] {
  const statements = file.statements.slice(0, -1); // without the `export {}` of parseModule
  const last = statements.findLast((node) => !keepsValue(compiler, node));
  const edits: Edit[] = [];
  function visit(node: ts.Node): void {
    if (compiler.isFunctionLike(node) || compiler.isClassLike(node)) return;
    if (compiler.isExpressionStatement(node)) edits.push(...passed(node.expression, result));
    else compiler.forEachChild(node, visit);
  }
  if (last) visit(last);
  return edits;
}

/** Tells whether the kernel takes a text in braces for an object rather than a block. */
export function isObjectLiteral(compiler: Compiler, source: string): boolean {
  const text = source.trim();
  return text.startsWith("{") && !text.endsWith(";") &&
    syntaxErrors(compiler, `(${text})`).length === 0;
}

/** Tells whether an identifier is read rather than a name of a declaration or a property. */
function isRead(compiler: Compiler, node: ts.Identifier): boolean {
  if (compiler.isShorthandPropertyAssignment(node.parent)) return true;
  const { name, propertyName, label } = node.parent as {
    name?: ts.Node;
    propertyName?: ts.Node;
    label?: ts.Node;
  };
  return name !== node && propertyName !== node && label !== node;
}

/** Collects names that are read while a cell runs, relative imports, and uses of import.meta. */
function walk(compiler: Compiler, file: ts.SourceFile, resolve: (from: string) => string) {
  const reads = new Map<string, number>();
  const edits: Edit[] = [];
  const errors: { message: string; start: number }[] = [];
  const c = compiler;
  function specifier(node: ts.Node | undefined): void {
    if (!node || !c.isStringLiteralLike(node) || !/^\.{1,2}\//.test(node.text)) return;
    const text = JSON.stringify(resolve(node.text));
    edits.push({ start: node.getStart(), end: node.getEnd(), text });
  }
  function visit(node: ts.Node, runsNow: boolean): void {
    if (c.isTypeNode(node)) return;
    if (c.isMetaProperty(node) && node.keywordToken === c.SyntaxKind.ImportKeyword) {
      const message = "import.meta is not available in a cell";
      errors.push({ message, start: node.getStart() });
    }
    if (c.isExportDeclaration(node)) specifier(node.moduleSpecifier);
    if (c.isImportDeclaration(node)) return specifier(node.moduleSpecifier);
    if (c.isCallExpression(node) && node.expression.kind === c.SyntaxKind.ImportKeyword) {
      specifier(node.arguments[0]);
    }
    if (c.isPropertyAccessExpression(node)) return visit(node.expression, runsNow);
    if (c.isIdentifier(node) && runsNow && isRead(c, node) && !reads.has(node.text)) {
      reads.set(node.text, node.getStart());
    }
    const inner = runsNow && !c.isFunctionLike(node);
    c.forEachChild(node, (child) => visit(child, inner));
  }
  visit(file, true);
  return { reads, edits, errors };
}

/**
 * Reads the syntax of a cell.
 *
 * @param compiler From `loadCompiler`
 * @param source Source of the cell
 * @param options `result`: expression of a function to call with the value of the cell;
 * `resolve`: turns a relative import into one that holds from elsewhere
 */
export function cellSyntax(
  compiler: Compiler,
  source: string,
  { result, resolve }: {
    readonly result: string;
    readonly resolve: (from: string) => string;
  },
): CellSyntax {
  const file = parseModule(compiler, source);
  if (isObjectLiteral(compiler, source)) {
    const start = source.indexOf("{");
    const end = source.trimEnd().length;
    const edits = [{ start, end: start, text: `${result}((` }, { start: end, end, text: "))" }];
    return { declared: [], imports: [], reads: new Map(), edits, errors: [] };
  }
  const walked = walk(compiler, file, resolve);
  return {
    declared: file.statements.flatMap((node) => declaredBy(compiler, node)),
    imports: file.statements.filter(compiler.isImportDeclaration).map((node) =>
      importOf(compiler, node)
    ),
    reads: walked.reads,
    edits: [...resultEdits(compiler, file, result), ...walked.edits],
    errors: [...syntaxErrors(compiler, source), ...walked.errors],
  };
}
