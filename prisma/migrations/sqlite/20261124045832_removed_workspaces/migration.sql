-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN "removedAt" DATETIME;
