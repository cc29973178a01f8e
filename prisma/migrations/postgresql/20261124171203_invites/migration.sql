-- AlterTable
ALTER TABLE "Program" ADD COLUMN     "gate" TEXT NOT NULL DEFAULT 'open';

-- CreateTable
CREATE TABLE "Invite" (
    "id" TEXT NOT NULL,
    "programId" TEXT NOT NULL,
    "groupId" TEXT,
    "madeById" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usesLeft" INTEGER NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Invite_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Invite_expiresAt_idx" ON "Invite"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Invite_programId_codeHash_key" ON "Invite"("programId", "codeHash");

-- AddForeignKey
ALTER TABLE "Invite" ADD CONSTRAINT "Invite_programId_fkey" FOREIGN KEY ("programId") REFERENCES "Program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invite" ADD CONSTRAINT "Invite_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE CASCADE ON UPDATE CASCADE;
