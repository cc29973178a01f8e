-- CreateTable
CREATE TABLE "Invite" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "groupId" TEXT,
    "madeById" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usesLeft" INTEGER NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Invite_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Invite_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

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
    "gate" TEXT NOT NULL DEFAULT 'open',
    "retention" TEXT NOT NULL DEFAULT '{}',
    "ladder" TEXT NOT NULL DEFAULT '{}',
    "auditRows" INTEGER NOT NULL DEFAULT 0,
    "auditHash" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL
);
INSERT INTO "new_Program" ("auditHash", "auditRows", "country", "createdAt", "id", "ladder", "language", "law", "name", "phiMode", "promptTime", "questions", "retention", "reviewedOnly", "zone") SELECT "auditHash", "auditRows", "country", "createdAt", "id", "ladder", "language", "law", "name", "phiMode", "promptTime", "questions", "retention", "reviewedOnly", "zone" FROM "Program";
DROP TABLE "Program";
ALTER TABLE "new_Program" RENAME TO "Program";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Invite_expiresAt_idx" ON "Invite"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Invite_programId_codeHash_key" ON "Invite"("programId", "codeHash");
