-- AlterTable
ALTER TABLE "Schedule" ADD COLUMN "sessionId" TEXT;

-- CreateTable
CREATE TABLE "Entry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "forDay" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "editedAt" DATETIME,
    "body" TEXT NOT NULL,
    "audience" TEXT NOT NULL DEFAULT 'me',
    "dueAt" DATETIME,
    CONSTRAINT "Entry_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Entry_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "topic" TEXT,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "Session_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LibraryItem" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "writtenBy" TEXT,
    "addedBy" TEXT NOT NULL,
    "addedAt" DATETIME NOT NULL,
    "retiredAt" DATETIME,
    CONSTRAINT "LibraryItem_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ContentReview" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reviewedBy" TEXT NOT NULL,
    "reviewedAt" DATETIME NOT NULL,
    CONSTRAINT "ContentReview_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "toPerson" TEXT,
    "givenBy" TEXT NOT NULL,
    "givenAt" DATETIME NOT NULL,
    "untilDay" TEXT NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "Assignment_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Erasure" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "doneAt" DATETIME NOT NULL,
    "counts" TEXT NOT NULL,
    CONSTRAINT "Erasure_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "language" TEXT,
    "country" TEXT,
    "quietFrom" TEXT,
    "quietTo" TEXT,
    "defaultAudience" TEXT NOT NULL DEFAULT 'me',
    "welcomeStep" TEXT NOT NULL,
    "discreet" BOOLEAN NOT NULL DEFAULT false,
    "joinedAt" DATETIME NOT NULL,
    "leftAt" DATETIME,
    CONSTRAINT "Person_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Person" ("country", "defaultAudience", "id", "joinedAt", "language", "leftAt", "name", "programId", "quietFrom", "quietTo", "welcomeStep", "zone") SELECT "country", "defaultAudience", "id", "joinedAt", "language", "leftAt", "name", "programId", "quietFrom", "quietTo", "welcomeStep", "zone" FROM "Person";
DROP TABLE "Person";
ALTER TABLE "new_Person" RENAME TO "Person";
CREATE INDEX "Person_programId_idx" ON "Person"("programId");
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
    "createdAt" DATETIME NOT NULL
);
INSERT INTO "new_Program" ("country", "createdAt", "id", "language", "law", "name", "phiMode", "promptTime", "questions", "zone") SELECT "country", "createdAt", "id", "language", "law", "name", "phiMode", "promptTime", "questions", "zone" FROM "Program";
DROP TABLE "Program";
ALTER TABLE "new_Program" RENAME TO "Program";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Entry_personId_kind_at_idx" ON "Entry"("personId", "kind", "at");

-- CreateIndex
CREATE INDEX "Entry_programId_audience_at_idx" ON "Entry"("programId", "audience", "at");

-- CreateIndex
CREATE INDEX "Entry_dueAt_idx" ON "Entry"("dueAt");

-- CreateIndex
CREATE INDEX "Session_programId_idx" ON "Session"("programId");

-- CreateIndex
CREATE INDEX "LibraryItem_programId_kind_idx" ON "LibraryItem"("programId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "ContentReview_programId_slug_key" ON "ContentReview"("programId", "slug");

-- CreateIndex
CREATE INDEX "Assignment_programId_untilDay_idx" ON "Assignment"("programId", "untilDay");

-- CreateIndex
CREATE INDEX "Erasure_personId_idx" ON "Erasure"("personId");

-- CreateIndex
CREATE INDEX "Schedule_sessionId_idx" ON "Schedule"("sessionId");
