import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "./files.ts";
import { realFiles } from "./files.ts";

/** The file system without waiting for the disk: for tests that open hundreds of states and survive no power cut. */
export const unsynced: FileSystem = {
  ...realFiles,
  open: async (path, flags, mode) =>
    withMethods(await realFiles.open(path, flags, mode), { sync: async () => {}, datasync: async () => {} }),
};

/** A file handle with some methods replaced. */
export function withMethods(handle: FileHandle, methods: Partial<FileHandle>): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      if (Object.hasOwn(methods, name)) return methods[name as keyof FileHandle];
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}
