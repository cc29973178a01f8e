-- AlterTable
ALTER TABLE "Group" ADD COLUMN     "quietFrom" TEXT,
ADD COLUMN     "quietTo" TEXT;
