-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Program" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "promptTime" TEXT NOT NULL,
    "law" TEXT NOT NULL,
    "phiMode" TEXT NOT NULL DEFAULT 'none',
    "questions" TEXT NOT NULL DEFAULT '[]',
    "reviewedOnly" BOOLEAN NOT NULL DEFAULT false,
    "retention" TEXT NOT NULL DEFAULT '{}',
    "ladder" TEXT NOT NULL DEFAULT '{}',
    "auditRows" INTEGER NOT NULL DEFAULT 0,
    "auditHash" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL
);
INSERT INTO "new_Program" ("country", "createdAt", "id", "ladder", "language", "law", "name", "phiMode", "promptTime", "questions", "retention", "reviewedOnly", "zone") SELECT "country", "createdAt", "id", "ladder", "language", "law", "name", "phiMode", "promptTime", "questions", "retention", "reviewedOnly", "zone" FROM "Program";
DROP TABLE "Program";
ALTER TABLE "new_Program" RENAME TO "Program";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
